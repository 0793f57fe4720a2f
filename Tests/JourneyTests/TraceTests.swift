import Foundation
import NIOHTTP1
import Testing

/// Traces of a running shop, as an independent receiver has them.
@Suite(.serialized, .shape(.both), .enabled(if: TelemetryReceiver.mayRun, "\(TelemetryReceiver.hint)"))
struct TraceTests {
    /// Who takes part in a checkout, the consumers of its events included.
    private static let services: Set<String> = [
        "api-gateway", "cart-service", "offer-service", "product-service", "order-service", "notification-service",
        "analytics-service", "audit-service",
    ]
    private static let secrets = ["Ada Lovelace", "guest@example.com", "Analytical Way", "tok_success"]

    /// Buys something, and waits until its trace is whole.
    private func checkout(in shop: RunningShop, to receiver: TelemetryReceiver) async throws -> String {
        let cart = try await shop.filledCart(handle: "cedar-pencils", quantity: 1)
        let order = try await shop.checkout(cart: cart, key: "traced-1")
        try #require(order.status == 201, "\(order.text)")
        let trace = try #require(order.headers.first(name: "x-request-id"))
        try await shop.eventually("the trace of the checkout has all services", within: .seconds(30)) {
            let spans = receiver.spans(of: trace)
            return Self.services.isSubset(of: TelemetryReceiver.services(spans))
                && spans.contains { $0["name"].string == "send mail" }
        }
        return trace
    }

    @Test func aCheckoutIsOneWholeTrace() async throws {
        try await TelemetryReceiver.withRunning { receiver in
            try await withShop(environment: receiver.settings()) { shop in
                let trace = try await checkout(in: shop, to: receiver)
                #expect(try await Client.shared.get("http://127.0.0.1:\(shop.port)/").status == 200)
                #expect(shop.stop() == 0)

                let spans = receiver.spans(of: trace)
                #expect(spans.count { $0["parent"].string == "" } == 1)
                let root = try #require(spans.first { $0["parent"].string == "" })
                #expect(root["name"].string == "POST /api/v1/carts/{id}/checkout")
                #expect(root["attributes"]["http.response.status_code"].int == 201)
                let names = Set(spans.compactMap { $0["name"].string })
                #expect(names.isSuperset(of: ["create magpie.orders", "process magpie.orders", "payment authorise"]))
                #expect(names.contains("write order") && names.contains("send mail"))
                #expect(receiver.services.contains("storefront"), "the page")
                #expect(receiver.logRecords(of: trace).contains { $0["body"].string == "Request completed" })
                let verdict = try receiver.check(expecting: Self.services, secrets: Self.secrets)
                #expect(verdict.status == 0, "\(verdict.output)")
            }
        }
    }

    @Test(.shape(.oneProcess)) func byGRPCTheSame() async throws {
        try await TelemetryReceiver.withRunning { receiver in
            try await withShop(environment: receiver.settings(grpc: true)) { shop in
                _ = try await checkout(in: shop, to: receiver)
                #expect(shop.stop() == 0)
                let verdict = try receiver.check(expecting: Self.services, secrets: Self.secrets)
                #expect(verdict.status == 0, "\(verdict.output)")
            }
        }
    }

    @Test(.shape(.oneProcess), arguments: [false, true]) func aCollectorPassesItOnUnchanged(grpc: Bool) async throws {
        try await TelemetryReceiver.withRunning { receiver in
            try await receiver.withCollector { collector in
                try await withShop(environment: collector.settings(grpc: grpc)) { shop in
                    let trace = try await checkout(in: shop, to: receiver)
                    #expect(shop.stop() == 0)
                    try await wait(for: "the last batch has arrived", within: .seconds(30), otherwise: { "" }) {
                        try receiver.check(expecting: Self.services, secrets: Self.secrets).status == 0
                    }
                    let root = try #require(receiver.spans(of: trace).first { $0["parent"].string == "" })
                    #expect(root["attributes"]["http.response.status_code"].int == 201)
                }
            }
        }
    }

    @Test(.shape(.oneProcess), arguments: [false, true]) func refusedExportsAreRepeated(grpc: Bool) async throws {
        try await TelemetryReceiver.withRunning { receiver in
            try await withShop(environment: receiver.settings(grpc: grpc)) { shop in
                try await receiver.refuse(3)
                _ = try await checkout(in: shop, to: receiver)
                let metrics = try await Client.shared.get("http://127.0.0.1:\(shop.operationsPort)/metrics").text
                let lines = metrics.split(separator: "\n").filter { $0.hasPrefix("magpie_traces_spans_") }
                #expect(
                    lines.contains { $0.hasPrefix("magpie_traces_spans_dropped_total{") && $0.hasSuffix(" 0") },
                    "\(lines)")
                #expect(shop.stop() == 0)
                let verdict = try receiver.check(expecting: Self.services, secrets: Self.secrets)
                #expect(verdict.status == 0, "\(verdict.output)")
            }
        }
    }

    @Test(.shape(.oneProcess)) func aShopWithoutAReceiverSells() async throws {
        let settings = ["OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:1", "OTEL_BSP_MAX_QUEUE_SIZE": "64"]
        try await withShop(environment: settings) { shop in
            let cart = try await shop.filledCart(handle: "cedar-pencils", quantity: 1)
            #expect(try await shop.checkout(cart: cart, key: "untraced-1").status == 201)
            #expect(shop.stop() == 0)
        }
    }
}
