package import Commerce
package import CoreMetrics

/// The gauges of what waits to be done: how much there is, and how long the oldest has waited. No numbers until both have
/// been measured, and after a measurement that failed.
package struct BacklogGauges: Sendable {
    private let count: any MeterHandler
    private let oldestAge: any MeterHandler

    /// - Parameters:
    ///   - count: The metric of how much there is.
    ///   - oldestAge: The metric of the age of the oldest, in seconds.
    package init(
        _ count: Metric, _ oldestAge: Metric, service: String, in metrics: any MetricsFactory = MetricsSystem.factory
    ) {
        self.count = count.gauge(service: service, in: metrics)
        self.oldestAge = oldestAge.gauge(service: service, in: metrics)
        setNoNumber()
    }

    /// Sets both gauges. Throws the error of a measurement that fails.
    ///
    /// - Parameters:
    ///   - clock: Tells the present, to which ages are measured.
    ///   - measure: How much waits, and since when the oldest does.
    package func record(
        at clock: WallClock, _ measure: () async throws -> (count: Int64, oldest: Instant?)
    ) async throws {
        do {
            let (waiting, oldest) = try await measure()
            count.set(waiting)
            oldestAge.set(max(0, oldest.map { $0.duration(to: clock.now()) / .seconds(1) } ?? 0))
        } catch {
            setNoNumber()
            throw error
        }
    }

    private func setNoNumber() { for meter in [count, oldestAge] { meter.set(Double.nan) } }
}
