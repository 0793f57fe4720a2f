import AnalyticsWire
import AuditContract
import AuditWire
import CartWire
import Commerce
import ContractTestSupport
import HTTPTypes
import Hummingbird
import OrderContract
import OrderWire
import ServiceKit
import TestSupport
import Testing
import Web

@testable import RPC

/// Messages that say what the contract cannot.
@Suite struct HTTPMalformedTests {
    @Test func aBodyThatIsNotWhatTheMethodTakesIsRefused() async throws {
        let double = CartsDouble()
        try await withHTTPWire {
            $0.add(double)
        } _: { wire in
            for body in [
                "", "no json", "[]", "null", "{}", #"{"cart": 7}"#, "{\"cart\": \"\u{0}",
            ] {
                let answer = try await wire.post("/v1/carts/cart", body)
                #expect(answer.status == 400 && answer.error?.code == "invalid_json", "\(body)")
            }
            let lacking = #"{"cart": "\#(CartID())", "line": "\#(LineID())"}"#
            let answer = try await wire.post("/v1/carts/change-line", lacking)
            #expect(answer.status == 422 && answer.error?.fields.map(\.field) == ["quantity"])
        }
        #expect(double.recorder.calls.isEmpty)
    }

    @Test(arguments: [
        ("2026-3-1", "2026-03-10", ["from"]), ("2026-02-29", "2026-03-10", ["from"]), ("", "x", ["from", "to"]),
        ("2026-03-10", "2026-13-01", ["to"]), ("2026-03-10", "2026-03-09", ["to"]),
    ]) func daysThatAreNoPeriodAreRefused(from: String, to: String, fields: [String]) async throws {
        let double = ReportsDouble()
        try await withHTTPWire {
            $0.add(double)
        } _: { wire in
            let answer = try await wire.post("/v1/reports/funnel", #"{"from": "\#(from)", "to": "\#(to)"}"#)
            #expect(answer.status == 422 && answer.error?.fields.map(\.field) == fields)
        }
        #expect(double.recorder.calls.isEmpty)
    }

    @Test func aBodyThatIsTooLongIsRefused() async throws {
        let double = CartsDouble()
        try await withHTTPWire {
            $0.add(double)
        } _: { wire in
            let body = #"{"cart": "\#(String(repeating: "x", count: 65_536))"}"#
            let answer = try await wire.post("/v1/carts/cart", body)
            #expect(answer.status == 413 && answer.error?.code == "body_too_large")
        }
        #expect(double.recorder.calls.isEmpty)
    }

    @Test func aMethodThatIsNotThereIsOurFaultAndIsLogged() async throws {
        let log = LoggedEvents()
        try await withHTTPWire {
            $0.add(IngestDouble())
        } _: { wire in
            let carts = HTTPCarts(wire.connection(logger: log.logger))
            let caught = await refusal { try await wire.calling { try await carts.cart(CartID()) } }
            #expect(caught?.kind == .internal)
        }
        #expect(log.lines.count { $0.hasPrefix("error") && $0.contains("carts/cart") } == 1)
    }

    @Test(arguments: ["{}", "no json", "", "[]"])
    func anAnswerThatIsNotUnderstoodIsOurFaultAndIsLogged(_ body: String) async throws {
        let (caught, log) = try await asking { _, _ in
            Response(status: .ok, body: .init(byteBuffer: .init(string: body)))
        }
        #expect(caught?.kind == .internal)
        #expect(log.lines.count { $0.hasPrefix("error") } == 1)
    }

    /// As a proxy says it.
    @Test(arguments: [502, 503, 504]) func noUpstreamIsNoAnswer(_ code: Int) async throws {
        let (caught, log) = try await asking { _, _ in
            Response(status: .init(code: code), body: .init(byteBuffer: .init(string: "upstream connect error")))
        }
        #expect(caught == .unavailable("peer"))
        #expect(!log.lines.contains { $0.hasPrefix("error") })
    }

    @Test func aRedirectIsNotFollowed() async throws {
        let seen = CallRecorder()
        let (caught, _) = try await asking { request, _ in
            try await seen.note(request.uri.path, 0)
            return Response(status: .temporaryRedirect, headers: [.location: "/v1/elsewhere"])
        }
        #expect(caught?.kind == .internal)
        #expect(seen.calls.map(\.method) == ["/v1/orders/order"])
    }

    @Test func anAnswerThatIsTooLongFailsOnce() async throws {
        let log = LoggedEvents()
        let double = AuditDouble(details: String(repeating: "x", count: HTTPConnection.longestResponse))
        try await withHTTPWire {
            $0.add(double)
        } _: { wire in
            let audit = HTTPAuditTrail(wire.connection(logger: log.logger))
            let caught = await refusal {
                try await wire.calling { try await audit.records(action: nil, actor: nil, page: PageRequest()) }
            }
            #expect(caught?.kind == .internal)
            // The connection is not spoilt for those who come after.
            let verification = try await wire.calling { try await audit.verify() }
            #expect(verification.intact)
        }
        #expect(double.recorder.calls.map(\.method) == ["records", "verify"])
        #expect(log.lines.count { $0.hasPrefix("error") } == 1)
    }

    /// What a caller gets from a server that answers so.
    private func asking(_ handler: @escaping APIRouter.Handler) async throws -> (ServiceError?, LoggedEvents) {
        let log = LoggedEvents()
        var router = APIRouter()
        router.post("/v1/orders/order", use: handler)
        router.finish()
        let caught = try await listening(router) { address in
            try await withHTTPClient { client in
                let peer = RemotePeer("peer", credential: testCredential, logger: log.logger)
                let orders = HTTPOrders(HTTPConnection(peer, at: [address], client: client))
                return await refusal { try await orders.order(OrderID(), guestToken: nil) }
            }
        }
        return (caught, log)
    }
}
