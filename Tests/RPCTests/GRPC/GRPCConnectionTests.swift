import ContractTestSupport
import Logging
import OfferWire
import RPC
import ServiceKit
import ServiceLifecycle
import Testing

@Suite struct GRPCConnectionTests {
    private func withOffers<Value: Sendable>(
        at addresses: [ServiceAddress], _ body: (GRPCOffersClient) async throws -> Value
    ) async throws -> Value {
        try await withConnection(to: addresses) { try await body(GRPCOffersClient(testPeer($0))) }
    }

    private func serving<Value: Sendable>(
        _ name: String, at port: Int = 0, _ body: (ServiceAddress) async throws -> Value
    ) async throws -> Value {
        let offers = GRPCOffersServer(OffersDouble(name: name))
        return try await running(testHost([offers], at: port, issuer: try await Issuer()), body)
    }

    /// `localhost` has an IPv6 address too, where nobody listens.
    @Test(.timeLimit(.minutes(1))) func aNameIsLookedUpAndAnyOfItsAddressesWillDo() async throws {
        let answer = try await serving("a") { address in
            try await withOffers(at: [ServiceAddress(host: "localhost", port: address.port)]) { try await $0.rules() }
        }
        #expect(answer == "a")
    }

    @Test(.timeLimit(.minutes(1))) func aNameThatDoesNotExistIsPassedOver() async throws {
        let answer = try await serving("a") { address in
            try await withOffers(at: [ServiceAddress(host: "nowhere.invalid", port: 1), address]) {
                try await $0.rules()
            }
        }
        #expect(answer == "a")
    }

    @Test(.timeLimit(.minutes(1))) func aServerThatComesBackIsFoundAgain() async throws {
        let first = try await serving("first") { $0 }
        let answers = try await withOffers(at: [first]) { offers in
            try await withThrowingTaskGroup(of: String.self) { early in
                // Made before anybody listens.
                early.addTask { try await offers.rules() }
                let one = try await serving("first", at: first.port) { _ in try await early.next() }
                let two = try await serving("second", at: first.port) { _ in try await offers.rules() }
                return [one, two]
            }
        }
        #expect(answers == ["first", "second"])
    }

    @Test(.timeLimit(.minutes(1))) func aNameThatDoesNotExistHoldsUpNoShutdown() async throws {
        let connection = try GRPCConnection(to: [ServiceAddress(host: "nowhere.invalid", port: 1)])
        let group = ServiceGroup(services: [connection], logger: Logger(label: "test"))
        let running = Task { try await group.run() }
        var context = CallContext.current
        context.deadline = .now + .milliseconds(500)
        await context.run {
            _ = await #expect(throws: ServiceError.self) { try await GRPCOffersClient(testPeer(connection)).rules() }
        }
        let begun = ContinuousClock.now
        await group.triggerGracefulShutdown()
        try await running.value
        #expect(.now - begun < .seconds(5))
    }
}
