import CoreMetrics
import ServiceKit
import Testing

@testable import Observability

@Suite struct DistributionTests {
    private let ten = Distribution(bounds: [0.1, 0.5, 1], counts: [4, 4, 2, 0])

    /// The same as histogram_quantile of Prometheus: within a bucket the observations are taken as evenly spread.
    @Test(arguments: [(0.4, 0.1), (0.2, 0.05), (0.5, 0.2), (0.8, 0.5), (0.9, 0.75), (1.0, 1.0)])
    func `quantiles lie within their bucket`(share: Double, value: Double) throws {
        let found = try #require(ten.quantile(share))
        #expect(abs(found - value) < 1e-9)
    }

    @Test func `what is above every bound has no number`() {
        #expect(Distribution(bounds: [0.1], counts: [1, 9]).quantile(0.5) == .infinity)
        #expect(Distribution(bounds: [0.1], counts: [0, 0]).quantile(0.5) == nil)
        #expect(Distribution(bounds: [0.1, 0.5], counts: [0, 0, 0]).quantile(0.99) == nil)
    }

    @Test func `an empty bucket holds no quantile`() throws {
        let found = try #require(Distribution(bounds: [0.1, 0.5, 1], counts: [5, 0, 5, 0]).quantile(0.6))
        #expect(abs(found - 0.6) < 1e-9)
    }

    @Test func `distributions add up, and lose what they had before`() {
        let sum = ten + ten
        #expect(sum.counts == [8, 8, 4, 0] && sum.count == 20)
        #expect((sum - ten) == ten)
        // Read while another thread recorded: never below nothing.
        #expect((ten - sum).count == 0)
        #expect(ten + Distribution(bounds: [1], counts: [1, 1]) == ten)
    }

    @Test func `a snapshot has the labels and values of every series, and those of the process`() throws {
        let orders = Metric(.counter, "orders.placed", labels: ["currency"], help: "Orders.")
        let depth = Metric(.gauge, "queue.depth", help: "Length.")
        let duration = Metric(.histogram, "call.duration", unit: "s", labels: ["rpc.method"], help: "Durations.")
        let registry = PrometheusRegistry(service: "test", declared: [orders, depth, duration])
        orders.counter(service: "s", ["U\"S"], in: registry).increment(by: 3)
        depth.gauge(service: "s", in: registry).set(Double.nan)
        duration.timer(service: "t", ["read"], in: registry).recordNanoseconds(30_000_000)
        let before = registry.snapshot()
        orders.counter(service: "s", ["U\"S"], in: registry).increment(by: 1)

        let placed = try #require(before["orders.placed"].first)
        #expect(placed.labels == ["service": "s", "currency": "U\"S"])
        guard case .number(3) = placed.value else {
            Issue.record("\(placed.value)")
            return
        }
        guard case .number(let length)? = before["queue.depth"].first?.value else {
            Issue.record("no queue.depth")
            return
        }
        #expect(length.isNaN)
        guard case .distribution(let times)? = before["call.duration"].first?.value else {
            Issue.record("no call.duration")
            return
        }
        #expect(times.count == 1 && times.counts[3] == 1 && times.bounds == Metric.durationBounds)
        #expect(before["of.nobody"].isEmpty)
        #expect(before["magpie.metrics.dropped_series"].first?.labels == ["service": "test"])
    }

    @Test func `a series that was removed is in no snapshot`() {
        let depth = Metric(.gauge, "queue.depth", help: "Length.")
        let registry = PrometheusRegistry(service: "test", declared: [depth])
        let gauge = depth.gauge(service: "s", in: registry)
        registry.destroyMeter(gauge)
        #expect(registry.snapshot()["queue.depth"].isEmpty)
        #expect(!registry.render().contains("queue_depth"))
    }
}
