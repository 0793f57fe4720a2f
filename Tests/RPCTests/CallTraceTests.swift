import CartWire
import Commerce
import ContractTestSupport
import OfferWire
import RPC
import ServiceKit
import Telemetry
import TestSupport
import Testing

/// The spans of a call between two processes.
@Suite struct CallTraceTests {
    private let recorder = SpanRecorder()

    /// Calls as a request to api-gateway does.
    private func request(_ body: () async throws -> Void) async throws {
        try await CallContext.current.run(as: .server, "GET /", of: "api-gateway", after: nil) { _ in try await body() }
    }

    @Test func byGRPC() async throws {
        try await recorder.record {
            try await withWire([GRPCOffersServer(OffersDouble())]) { wire in
                try await wire.calling {
                    try await request { _ = try await GRPCOffersClient(wire.peer()).rules() }
                }
            }
        }
        let client = try #require(
            recorder.spans.first { $0.name.hasSuffix("/GetRules") && $0.service == "api-gateway" })
        let server = try #require(recorder["magpie.offer.v1.Offers/GetRules"])
        #expect(client.isChild(of: recorder["GET /"]) && server.isChild(of: client))
        #expect(server.service != "api-gateway")
        for span in [client, server] {
            #expect(span.attribute("rpc.system.name") == "grpc" && span.attribute("rpc.response.status_code") == "OK")
        }
    }

    @Test func byHTTP() async throws {
        try await recorder.record {
            try await withHTTPWire {
                $0.add(CartsDouble())
            } _: { wire in
                try await wire.calling {
                    try await request { _ = try await HTTPCarts(wire.connection()).cart(CartID()) }
                }
            }
        }
        let client = try #require(recorder.spans.first { $0.service == "api-gateway" && $0.name != "GET /" })
        let server = try #require(recorder["POST /v1/carts/cart"])
        #expect(client.isChild(of: recorder["GET /"]) && server.isChild(of: client))
        #expect(server.service == "peer" && client.attribute("rpc.system.name") == "http")
        #expect(recorder.spans.count == 3, "The client of HTTP makes no spans of its own.")
    }

    @Test func aPeerThatDoesNotAnswerFailsTheSpanOfTheCaller() async throws {
        try await recorder.record {
            try await withHTTPWire {
                $0.add(CartsDouble())
            } _: { wire in
                let nowhere = wire.connection(at: [ServiceAddress(host: "127.0.0.1", port: 1)])
                try await wire.calling(for: .milliseconds(500)) {
                    try? await request { _ = try await HTTPCarts(nowhere).cart(CartID()) }
                }
            }
        }
        let client = try #require(recorder.spans.first { $0.name != "GET /" })
        #expect(client.status != nil && client.attribute("error.type") != nil)
        #expect(["UNAVAILABLE", "DEADLINE_EXCEEDED"].contains(client.attribute("rpc.response.status_code")))
    }
}
