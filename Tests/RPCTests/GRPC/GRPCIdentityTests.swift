import AuthContract
import Commerce
import ContractTestSupport
import GRPCCore
import OfferWire
import RPC
import ServiceKit
import TestSupport
import Testing

@Suite struct GRPCIdentityTests {
    @Test(arguments: [
        Principal.anonymous, .customer(CustomerID()), .staff(CustomerID(), permissions: [.offersWrite, .ordersRead]),
        .system("reconciler"),
    ])
    func theServerSeesWhoCalls(_ principal: Principal) async throws {
        let double = OffersDouble()
        let key = IdempotencyKey(caller: principal.name, key: "k-1", requestHash: "abc")
        try await withWire([GRPCOffersServer(double)]) { wire in
            var context = try await wire.issuer.context(principal, key: key, for: .seconds(30))
            context.clientNetwork = "192.0.2.7"
            _ = try await context.run { try await GRPCOffersClient(wire.peer()).rules() }
            let seen = try #require(double.recorder.calls.first?.context)
            #expect(seen.principal == principal)
            #expect(seen.idempotency == key)
            #expect(seen.clientNetwork == "192.0.2.7")
            #expect(seen.accessToken == context.accessToken)
            #expect(seen.trace.traceID == context.trace.traceID)
            #expect(seen.trace.spanID != context.trace.spanID)
            let left = ContinuousClock.now.duration(to: try #require(seen.deadline))
            #expect(left > .zero && left < .seconds(30))
        }
    }

    @Test func withoutAKeyThereIsNone() async throws {
        let double = OffersDouble()
        try await withWire([GRPCOffersServer(double)]) { wire in
            _ = try await wire.calling { try await GRPCOffersClient(wire.peer()).rules() }
        }
        #expect(double.recorder.calls.map(\.context.idempotency) == [nil])
    }

    @Test func strangersAreRefusedBeforeTheServiceHears() async throws {
        let double = OffersDouble()
        try await withWire([GRPCOffersServer(double)]) { wire in
            let stub = Magpie_Offer_V1_Offers.Client(wrapping: wire.connection.client)
            await #expect { try await stub.getRules(.init()) } throws: { error in
                (error as? RPCError)?.code == .unauthenticated
            }
        }
        #expect(double.recorder.calls.isEmpty)
    }

    @Test func aTokenOfAnotherIssuerIsRefused() async throws {
        let double = OffersDouble()
        let stranger = try await Issuer().context(.customer(CustomerID()))
        try await withWire([GRPCOffersServer(double)]) { wire in
            let caught = await refusal { try await stranger.run { try await GRPCOffersClient(wire.peer()).rules() } }
            #expect(caught?.code == "invalid_token")
        }
        #expect(double.recorder.calls.isEmpty)
    }
}
