import Foundation
import NIOHTTP1
import Testing

/// What a scraper gets from a running shop, judged by programs of Prometheus.
@Suite(.serialized) struct MetricsTests {
    @Test(.shape(.both)) func aServiceAtRestHasFewSeries() async throws {
        try await withShop { shop in
            if RunningShop.isCluster {
                for service in try shop.services {
                    let series = Self.series(try await shop.metrics(of: service))
                    #expect(series.count <= 200, "\(service)")
                    #expect(series.allSatisfy { Self.service(of: $0) == service }, "\(service)")
                }
            } else {
                let series = Self.series(try await shop.metrics(of: "magpie"))
                let services = Dictionary(grouping: series, by: Self.service)
                #expect(services[""] == nil, "\(services[""] ?? [])")
                #expect(services.count > 10)
                for (service, series) in services { #expect(series.count <= 200, "\(service)") }
            }
            #expect(shop.stop() == 0)
        }
    }

    @Test(.shape(.oneProcess)) func clientsCannotAddSeries() async throws {
        try await withShop(environment: ["MAGPIE_RATE_LIMIT": "off", "MAGPIE_LOG_LEVEL": "warning"]) { shop in
            try await makeUp(0..<100, in: shop)
            let before = Self.series(try await shop.metrics(of: "magpie")).count
            try await makeUp(100..<10_000, in: shop)
            let after = Self.series(try await shop.metrics(of: "magpie")).count
            // A rare status, such as of a request that met a deadline, is one more histogram.
            #expect(after <= before + 100, "\(before)")
            let text = try await shop.metrics(of: "magpie")
            #expect(text.contains(#"magpie_metrics_dropped_series_total{service="magpie"} 0"#))
            #expect(!text.contains("made-up"))
            #expect(shop.stop() == 0)
        }
    }

    @Test(.shape(.oneProcess)) func programsOfPrometheusReadBothFormats() async throws {
        try await withShop { shop in
            let cart = try await shop.filledCart(handle: "cedar-pencils", quantity: 1)
            #expect(try await shop.checkout(cart: cart, key: "measured").status == 201)
            let address = "http://127.0.0.1:\(shop.operationsPort)/metrics"
            let linted = try judge(
                try await Client.shared.get(address).text,
                by: URL(filePath: "/usr/bin/env"), ["promtool", "check", "metrics"])
            #expect(linted.status == 0 && linted.output.isEmpty, "\(linted.output)")

            let accept = ["Accept": "application/openmetrics-text;version=1.0.0"]
            let answer = try await Client.shared.get(address, headers: accept)
            #expect(answer.headers.first(name: "content-type")?.hasPrefix("application/openmetrics-text") == true)
            let parser = """
                import sys
                from prometheus_client.openmetrics.parser import text_string_to_metric_families as parse
                names = {family.name for family in parse(sys.stdin.read())}
                assert {"http_server_request_duration_seconds", "magpie_orders_placed"} <= names, names
                """
            let parsed = try judge(
                answer.text, by: Peer.root.appending(path: ".tools/venv/bin/python"), ["-c", parser])
            #expect(parsed.status == 0, "\(parsed.output)")
            #expect(shop.stop() == 0)
        }
    }

    /// Runs the program with the text as its input.
    private func judge(
        _ text: String, by program: URL, _ arguments: [String]
    ) throws -> (status: Int32, output: String) {
        let file = FileManager.default.temporaryDirectory.appending(path: "metrics-\(UUID()).txt")
        try Data(text.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let quoted = ([program.path] + arguments).map { "'\($0.replacing("'", with: "'\\''"))'" }.joined(separator: " ")
        return try runProgram(URL(filePath: "/bin/sh"), ["-c", "\(quoted) < '\(file.path)'"])
    }

    /// Paths, queries, methods and headers that nobody has made a label for.
    private func makeUp(_ numbers: Range<Int>, in shop: RunningShop) async throws {
        let base = "http://127.0.0.1:\(shop.port)"
        try await withThrowingTaskGroup(of: Void.self) { group in
            for worker in 0..<16 {
                group.addTask {
                    for number in numbers where number % 16 == worker {
                        let path = number % 2 == 0 ? "/made-up-\(number)" : "/api/v1/made-up-\(number)/\(number)"
                        let method = number % 5 == 0 ? "MADEUP\(number)" : "GET"
                        _ = try await Client.shared.send(
                            method, "\(base)\(path)?made-up=\(number)",
                            headers: ["User-Agent": "made-up/\(number)", "X-Forwarded-For": "made-up-\(number)"],
                            body: nil)
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    /// The lines that hold a value.
    private static func series(_ text: String) -> [Substring] {
        text.split(separator: "\n").filter { !$0.hasPrefix("#") }
    }

    /// The label `service` of a line; empty without one.
    private static func service(of line: Substring) -> String {
        guard let match = line.firstMatch(of: /[{,]service="([^"]*)"/) else { return "" }
        return String(match.1)
    }
}
