import CoreMetrics
import FoundationEssentials
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Observability
import ServiceKit
import TestSupport
import Testing

@testable import Web

@Suite struct OperationsPageTests {
    @Test func `what was never measured is said to be not measured`() {
        let html = page([:], readiness: [:])
        let absences = html.components(of: #"<p class="absent">"#).count - 1
        #expect(absences == 23)
        #expect(html.contains("Not measured yet."))
        #expect(html.contains("No value here is past the limit of an alert."))
        #expect(!html.contains("<table") && !html.contains(#"class="critical""#))
        #expect(html.contains("start time not known"))
    }

    @Test func `rates, shares and times are those of the period`() {
        func requests(_ ok: [UInt64], _ failed: [UInt64]) -> [String: [MetricSample]] {
            ["http.server.request.duration": [request("200", ok), request("503", failed)]]
        }
        let html = page(requests([60, 30, 0], [0, 10, 0]), before: requests([0, 0, 0], [0, 10, 0]), seconds: 60)
        // 90 requests in a minute, two thirds of them below 0.1 s; the failures are older.
        #expect(row("storefront", in: html) == ["storefront", "100", "1.50", "0 %", "75 ms", "440 ms", "488 ms"])
        #expect(row("GET /cart", in: html) == ["GET /cart", "storefront", "1.50", "0 %", "75 ms", "440 ms", "488 ms"])
        #expect(html.contains("Rates, shares and times are those of the last 60 s."))

        let failing = page(requests([60, 30, 0], [0, 20, 0]), before: requests([0, 0, 0], [0, 10, 0]), seconds: 60)
        #expect(row("storefront", in: failing)[3] == "10.0 % critical")
        #expect(failing.contains("storefront answers 10.0 % of its requests with 5xx."))
        #expect(failing.contains("<title>(1) shop · Magpie operations</title>"))

        // Over a day the same share says nothing about now.
        let all = page(requests([60, 30, 0], [0, 20, 0]), seconds: 86_400)
        #expect(row("storefront", in: all)[3] == "18.2 %")
        #expect(all.contains("Rates, shares and times are those since the start, 24 h 0 min ago."))
    }

    @Test func `few failures of few requests are not marked`() {
        let few = ["http.server.request.duration": [request("200", [10, 0, 0]), request("500", [5, 0, 0])]]
        let html = page(few, seconds: 60)
        #expect(row("storefront", in: html)[3] == "33.3 %")
    }

    @Test func `the routes with the most requests come first, ten of them`() {
        let many = (1...15).map { number in
            MetricSample(
                labels: [
                    "service": "storefront", "http.request.method": "GET", "http.route": "/r\(number)",
                    "http.response.status_code": "200",
                ], value: .distribution(Distribution(bounds: [1], counts: [UInt64(number), 0])))
        }
        let html = page(["http.server.request.duration": many], seconds: 60)
        let routes = html.components(of: ">GET /").dropFirst().map { $0.prefix { $0 != "<" } }
        #expect(html.contains("GET /<wbr>r15") && !html.contains("GET /<wbr>r5<"))
        #expect(routes.count == 10)
    }

    @Test func `labels and reasons are escaped`() {
        let hostile = "<script>alert(\"1\")</script>&'"
        let labels = ["service": hostile, "topic": hostile, "check": hostile, "http.route": hostile]
        let html = page(
            [
                "magpie.consumer.lag_events": [MetricSample(labels: labels, value: .number(5_000))],
                "magpie.correctness.violations": [MetricSample(labels: labels, value: .number(1))],
                "http.server.request.duration": [
                    MetricSample(labels: labels, value: .distribution(Distribution(bounds: [1], counts: [1, 0])))
                ],
            ], readiness: [hostile: hostile], service: hostile)
        #expect(!html.contains("<script") && !html.contains("</script"))
        #expect(html.contains("&lt;script&gt;alert(&quot;1&quot;)&lt;/<wbr>script&gt;&amp;&#39;"))
        #expect(html.contains("<h1>&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;&#39;</h1>"))
    }

    @Test func `no number is unknown, and marked where its alert is`() {
        let html = page([
            "magpie.consumer.lag_events": [gauge(.nan, ["service": "audit-service", "topic": "magpie.orders"])],
            "magpie.correctness.violations": [gauge(.nan, ["service": "audit-service", "check": "audit_chain"])],
            "magpie.http.connections": [gauge(.nan, ["service": "shop"])],
            "magpie.event_loop.lag": [gauge(.infinity, ["service": "shop"])],
        ])
        #expect(row("magpie.orders", in: html).prefix(3) == ["magpie.orders", "audit-service", "unknown critical"])
        #expect(html.contains("audit-service cannot tell its lag in magpie.orders."))
        #expect(row("audit_chain", in: html) == ["audit_chain", "audit-service", "not checked", "–"])
        #expect(row("Connections of clients", in: html)[2] == "unknown")
        #expect(row("Delay of new work on an event loop", in: html)[2] == "unknown warning")
    }

    @Test func `values past the limits of alerts are listed, pages first`() throws {
        let html = page(
            [
                "magpie.dead_letters": [gauge(3, ["service": "audit-service"])],
                "magpie.outbox.oldest_age": [gauge(301, ["service": "order-service"])],
                "magpie.saga.oldest_unfinished_age": [gauge(300, ["service": "order-service"])],
                "process.open_fds": [gauge(81, ["service": "shop"])],
                "process.max_fds": [gauge(100, ["service": "shop"])],
                "magpie.disk.free": [gauge(4, ["service": "shop"])],
                "magpie.disk.size": [gauge(100, ["service": "shop"])],
                "magpie.http.connections": [gauge(99, ["service": "shop"])],
                "magpie.http.connections_limit": [gauge(100, ["service": "shop"])],
                "magpie.correctness.last_run.timestamp": [
                    gauge(1_000_000 - 400, ["service": "order-service", "check": "order_without_event"])
                ],
            ], readiness: ["postgresql": "unavailable", "kafka": "ok"])
        let start = try #require(html.range(of: #"<section id="attention""#))
        let end = try #require(html.range(of: #"<section id="readiness""#))
        let list = html[start.upperBound..<end.lowerBound]
        let alerts = list.split(separator: "</a></li>").compactMap { $0.split(separator: ">").last.map(String.init) }
        #expect(
            alerts.prefix(7) == [
                "ServiceNotReady", "CorrectnessNotChecked", "OutboxStands", "ConnectionsExhausted", "DiskAlmostFull",
                "DeadLetters", "DescriptorsNearLimit",
            ])
        #expect(list.contains("shop is not ready: the check postgresql says unavailable."))
        #expect(html.contains(#"<strong class="critical">not ready</strong>"#))
        // Exactly at its limit.
        #expect(row("order-service", in: html, after: "Unfinished") == ["order-service", "–", "5 min", "–"])
    }

    @Test func `a provider that fails is marked, declined cards are not`() {
        func payments(_ result: String, _ count: Double) -> MetricSample {
            gauge(
                count,
                ["service": "order-service", "provider": "stripe", "operation": "authorise", "result": result])
        }
        let declined = page(["magpie.payments": [payments("declined", 50), payments("succeeded", 2)]], seconds: 60)
        #expect(row("stripe", in: declined) == ["stripe", "52", "0 %"])
        let failed = page(["magpie.payments": [payments("failed", 3), payments("succeeded", 7)]], seconds: 60)
        #expect(row("stripe", in: failed) == ["stripe", "10", "30.0 % critical"])
        #expect(row("stripe authorise", in: failed) == ["stripe authorise", "7", "–", "3", "–"])
    }

    @Test(arguments: [
        (Figure.count(0), "0"), (Figure.count(1_234_567), "1,234,567"), (Figure.count(-1_000), "-1,000"),
        (Figure.count(.nan), "unknown"), (Figure.count(.infinity), "unknown"), (Figure.count(1e300), "unknown"),
        (Figure.rate(0), "0.00"), (Figure.rate(0.004), "< 0.01"), (Figure.rate(2.345), "2.35"),
        (Figure.rate(45.67), "45.7"), (Figure.rate(1_500), "1,500"), (Figure.rate(.nan), "unknown"),
        (Figure.share(0), "0 %"), (Figure.share(0.0001), "< 0.1 %"), (Figure.share(0.5), "50.0 %"),
        (Figure.time(0), "0 s"), (Figure.time(0.0004), "0.4 ms"), (Figure.time(0.25), "250 ms"),
        (Figure.time(2.5), "2.5 s"), (Figure.time(59), "59 s"), (Figure.time(3_600), "60 min"),
        (Figure.time(7_260), "2 h 1 min"), (Figure.time(277_000), "3 d 4 h"), (Figure.time(-5), "0 s"),
        (Figure.time(.infinity), "unknown"), (Figure.bytes(512), "512 B"), (Figure.bytes(12_582_912), "12.0 MiB"),
        (Figure.bytes(.nan), "unknown"), (Figure.bytes(1e300), "unknown"),
    ])
    func `numbers are written for a person`(text: String, expected: String) { #expect(text == expected) }

    @Test func `the page needs nothing from elsewhere, and every section names runbooks`() {
        let html = page([:])
        #expect(!html.contains("<script") && !html.contains("style=") && !html.contains("<style"))
        #expect(!html.contains("http:") && !html.contains("https:") && !html.contains("//"))
        let sections = html.components(of: "<section id=").count - 1
        #expect(sections == 13)
        #expect(html.components(of: "<code>docs/sre/runbooks/</code>").count - 1 == sections - 1)
    }

    @Test func `the period is a minute, or what is known of it`() throws {
        let (history, start) = (MetricsHistory(), ContinuousClock.now)
        #expect(history.begin(at: start) == nil)
        var taken = 0
        for second in stride(from: 0, through: 120, by: 5) {
            history.note(
                {
                    taken += 1
                    return MetricsSnapshot(["n": [gauge(Double(second), [:])]])
                }, at: start + .seconds(second))
        }
        #expect(taken == 13)
        #expect(history.begin(at: start + .seconds(121))?.time == start + .seconds(60))
        #expect(history.begin(at: start + .seconds(130))?.time == start + .seconds(70))
        // Nobody asked for long: what is older than five minutes is of no use.
        #expect(history.begin(at: start + .seconds(500)) == nil)

        let young = MetricsHistory()
        young.note({ MetricsSnapshot([:]) }, at: start)
        #expect(young.begin(at: start + .seconds(2)) == nil)
        #expect(young.begin(at: start + .seconds(20))?.time == start)
    }
}

/// Over HTTP, on the operations server and not on a public one.
@Suite struct OperationsRoutesTests {
    private let registry = PrometheusRegistry(service: "test", declared: HTTPMetrics.all)

    @Test func `the operations port has the page, without a script and not to be kept`() async throws {
        let checks = [ReadinessCheck(name: "redis") { throw ServiceError.unavailable("redis") }]
        let (registry, logger) = (registry, LogLines().logger)
        HTTPMetrics.requests.timer(service: "api-gateway", ["GET", "/carts/{id}", "200"], in: registry)
            .record(.milliseconds(3))
        let operations = operationsApplication(
            of: "test", port: 0, host: "127.0.0.1", checks: checks, registry: registry, logger: logger)
        try await operations.test(.router) { client in
            try await client.execute(uri: "/ops", method: .get) { response in
                #expect(response.status == .ok)
                #expect(response.header("content-type") == "text/html; charset=utf-8")
                #expect(response.header("cache-control") == "no-store")
                #expect(response.header("x-content-type-options") == "nosniff")
                #expect(
                    response.header("content-security-policy")
                        == "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; "
                        + "frame-ancestors 'none'")
                #expect(response.header("refresh") == nil)
                let html = String(buffer: response.body)
                #expect(html.contains("GET /<wbr>carts/<wbr>{id}"))
                #expect(html.contains("the check redis says unavailable."))
            }
            try await client.execute(uri: "/ops?period=start&refresh=on", method: .get) { response in
                #expect(response.header("refresh") == "10")
                #expect(String(buffer: response.body).contains(#"<a href="?period=start&amp;refresh=off">Stop"#))
            }
            try await client.execute(uri: "/ops?refresh=off", method: .get) { #expect($0.header("refresh") == nil) }
            try await client.execute(uri: "/ops", method: .head) { #expect($0.status == .ok) }
            try await client.execute(uri: "/ops", method: .post) { #expect($0.status == .methodNotAllowed) }
            try await client.execute(uri: "/ops/style.css", method: .get) { response in
                #expect(response.header("content-type") == "text/css; charset=utf-8")
                #expect(response.header("x-content-type-options") == "nosniff")
                #expect(!String(buffer: response.body).contains("url("))
            }
        }
    }

    @Test func `collectors measure for the page too`() async throws {
        let gauge = HTTPMetrics.connections.gauge(service: "test", in: registry)
        let operations = operationsApplication(
            of: "test", port: 0, host: "127.0.0.1", checks: [], registry: registry,
            collectors: [{ gauge.set(Int64(1_234)) }], logger: LogLines().logger)
        try await operations.test(.router) { client in
            try await client.execute(uri: "/ops", method: .get) { response in
                #expect(String(buffer: response.body).contains("1,234"))
            }
        }
    }

    @Test func `a public server has no such page`() async throws {
        try await withServer { router in
            router.get("/carts/{id}") { _, _ in Response(status: .ok) }
        } test: { client in
            try await client.execute(uri: "/ops", method: .get) { #expect($0.status == .notFound) }
            try await client.execute(uri: "/ops/style.css", method: .get) { #expect($0.status == .notFound) }
        }
    }
}

private func page(
    _ series: [String: [MetricSample]], before: [String: [MetricSample]]? = nil, seconds: Double? = nil,
    readiness: [String: String] = ["database": "ok"], service: String = "shop"
) -> String {
    let period = MeasuredPeriod(
        now: MetricsSnapshot(series), before: before.map(MetricsSnapshot.init), seconds: seconds)
    return OperationsPage(
        service: service, now: Date(timeIntervalSince1970: 1_000_000), readiness: readiness, period: period,
        isSinceStart: false, isRefreshing: false
    ).html
}

private func gauge(_ value: Double, _ labels: [String: String]) -> MetricSample {
    MetricSample(labels: labels, value: .number(value))
}

/// Requests of a route in the buckets up to 0.1 s, up to 0.5 s and above.
private func request(_ status: String, _ counts: [UInt64]) -> MetricSample {
    MetricSample(
        labels: [
            "service": "storefront", "http.request.method": "GET", "http.route": "/cart",
            "http.response.status_code": status,
        ], value: .distribution(Distribution(bounds: [0.1, 0.5], counts: counts)))
}

/// The texts of the cells of the first row with this name.
private func row(_ name: String, in html: String, after mark: String = "") -> [String] {
    let part = mark.isEmpty ? html[...] : html.range(of: mark).map { html[$0.upperBound...] } ?? ""
    let rows = part.replacing("<wbr>", with: "").split(separator: #"<tr role="row">"#)
    let found = rows.first { $0.contains(#"<th scope="row" role="rowheader">\#(name)</th>"#) }
    return (found?.split(separator: "</tr>").first ?? "")
        .split(separator: "</t").compactMap { cell in
            let text = cell.drop { $0 != "<" }.replacing(/<[^>]*>/, with: "")
            return text.isEmpty || text.allSatisfy(\.isWhitespace) ? nil : String(text)
        }
}

extension String {
    fileprivate func components(of separator: String) -> [Substring] {
        split(separator: separator, omittingEmptySubsequences: false)
    }

    fileprivate func range(of text: String) -> Range<String.Index>? { firstRange(of: text) }
}
