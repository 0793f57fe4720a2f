import AnalyticsWire
import AuthContract
import CartWire
import Commerce
import ContractTestSupport
import Identity
import ServiceKit
import TestSupport
import Testing

@testable import RPC

@Suite struct HTTPIdentityTests {
    @Test(arguments: [
        Principal.anonymous, .customer(CustomerID()), .staff(CustomerID(), permissions: [.ordersWrite, .ordersRead]),
        .system("reconciler"),
    ])
    func theServerSeesWhoCalls(_ principal: Principal) async throws {
        let double = CartsDouble()
        let key = IdempotencyKey(caller: principal.name, key: "k-1", requestHash: "abc")
        try await withHTTPWire {
            $0.add(double)
        } _: { wire in
            var context = try await wire.issuer.context(principal, key: key, for: .seconds(30))
            context.clientNetwork = "2001:db8:0:1::/64"
            _ = try await context.run { try await HTTPCarts(wire.connection()).cart(CartID()) }
            let seen = try #require(double.recorder.calls.first?.context)
            #expect(seen.principal == principal)
            #expect(seen.idempotency == key)
            #expect(seen.clientNetwork == context.clientNetwork)
            #expect(seen.accessToken == context.accessToken)
            #expect(seen.trace.traceID == context.trace.traceID)
            #expect(seen.trace.spanID != context.trace.spanID)
            // The method's own limit is shorter.
            let left = ContinuousClock.now.duration(to: try #require(seen.deadline))
            #expect(left > .zero && left <= .seconds(5))
        }
    }

    @Test func whatIsNotSaidIsNotThere() async throws {
        let double = CartsDouble()
        try await withHTTPWire {
            $0.add(double)
        } _: { wire in
            _ = try await wire.calling { try await HTTPCarts(wire.connection()).cart(CartID()) }
            let answer = try await wire.post("/v1/carts/cart", #"{"cart": "\#(CartID())"}"#)
            #expect(answer.status == 200)
        }
        let contexts = double.recorder.calls.map(\.context)
        #expect(contexts.map(\.idempotency) == [nil, nil])
        #expect(contexts.map(\.clientNetwork) == [nil, nil])
        // Nothing waits for ever, even for a caller that says no time.
        #expect(contexts.allSatisfy { $0.deadline != nil })
    }

    private enum Stranger: CaseIterable {
        case withoutProof, withAnotherKey, withAnOldProof, withATamperedProof, thatOnlySaysItIsTheSystem
    }

    private func headers(of stranger: Stranger) -> [String: String] {
        let header = ServiceCredential.header
        switch stranger {
        case .withoutProof: return [:]
        case .withAnotherKey:
            return [header: ServiceCredential(name: "order-service", secret: "another key of 32 bytes or more").proof]
        case .withAnOldProof:
            return [header: credential(secondsAgo: 2 * ServiceCredential.lifetime + 1).proof]
        case .withATamperedProof: return [header: "x" + testCredential.proof]
        case .thatOnlySaysItIsTheSystem: return [CallMetadata.principal: "reconciler"]
        }
    }

    @Test func strangersAreRefusedBeforeTheServiceHears() async throws {
        let double = IngestDouble()
        try await withHTTPWire {
            $0.add(double)
        } _: { wire in
            for stranger in Stranger.allCases {
                let body = #"{"events": []}"#
                let answer = try await wire.post("/v1/behaviour/record", body, headers: headers(of: stranger))
                #expect(answer.status == 401, "\(stranger)")
                #expect(answer.error?.code == "service_credential_invalid", "\(stranger)")
            }
        }
        #expect(double.recorder.calls.isEmpty)
    }

    /// A key that was not changed everywhere is no reason for customers to log in again.
    @Test func aServiceWithAnotherKeyTellsItsOperatorAndNotTheCustomer() async throws {
        let log = LoggedEvents()
        let other = ServiceCredential(name: "api-gateway", secret: "another key of 32 bytes or more")
        try await withHTTPWire {
            $0.add(CartsDouble())
        } _: { wire in
            let carts = HTTPCarts(wire.connection(credential: other, logger: log.logger))
            let caught = await refusal { try await wire.calling { try await carts.cart(CartID()) } }
            #expect(caught == .unavailable("peer"))
        }
        #expect(log.lines.contains { $0.hasPrefix("error") && $0.contains("MAGPIE_SERVICE_KEY") })
    }

    @Test func aForgedOrExpiredTokenIsRefusedBeforeTheServiceHears() async throws {
        let double = CartsDouble()
        let forged = try await Issuer().context(.customer(CustomerID()))
        try await withHTTPWire {
            $0.add(double)
        } _: { wire in
            let carts = HTTPCarts(wire.connection())
            let expired = try await wire.issuer.context(
                .customer(CustomerID()), issued: Instant.now.advanced(by: .seconds(-700)))
            for (context, code) in [(forged, "invalid_token"), (expired, "token_expired")] {
                let caught = await refusal { try await context.run { try await carts.cart(CartID()) } }
                #expect(caught?.kind == .unauthenticated && caught?.code == code)
                let raw = try await wire.post(
                    "/v1/carts/cart", #"{"cart": "\#(CartID())"}"#,
                    headers: [
                        ServiceCredential.header: testCredential.proof,
                        "authorization": "Bearer \(context.accessToken ?? "")",
                    ])
                #expect(raw.status == 401)
            }
            // Nobody vouches for a customer whose token is not known.
            let vouched = await refusal {
                try await CallContext(principal: .customer(CustomerID())).run { try await carts.cart(CartID()) }
            }
            #expect(vouched == .unauthenticated)
        }
        #expect(double.recorder.calls.isEmpty)
    }
}

/// The tests' credential as it was a while ago.
func credential(secondsAgo: Int) -> ServiceCredential {
    let then = Int(Instant.now.milliseconds / 1_000) - secondsAgo
    return ServiceCredential(name: "test-service", secret: testSecret) { then }
}
