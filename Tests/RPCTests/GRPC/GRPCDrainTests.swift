import ContractTestSupport
import GRPCCore
import Logging
import OfferWire
import RPC
import ServiceKit
import ServiceLifecycle
import TestSupport
import Testing

@Suite struct GRPCDrainTests {
    /// A server that answers its name, and prices only once it is allowed to.
    private struct Server {
        let started = Event()
        let group: ServiceGroup
        let host: GRPCHost

        init(_ name: String, issuer: Issuer, until allowed: Event) throws {
            let started = started
            let recorder = CallRecorder { method in
                guard method == "price" else { return }
                started.happen()
                await allowed.wait()
            }
            host = try testHost([GRPCOffersServer(OffersDouble(recorder: recorder, name: name))], issuer: issuer)
            group = ServiceGroup(services: [host], logger: quiet)
        }
    }

    @Test(.timeLimit(.minutes(1))) func callsInFlightFinishAndNewOnesGoElsewhere() async throws {
        let issuer = try await Issuer()
        let allowed = Event()
        let leaving = try Server("leaving", issuer: issuer, until: allowed)
        let staying = try Server("staying", issuer: issuer, until: allowed)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await leaving.group.run() }
            group.addTask { try await staying.group.run() }
            let addresses = [try await leaving.host.address, try await staying.host.address]
            try await withConnection(to: addresses) { connection in
                let offers = GRPCOffersClient(testPeer(connection))
                try await callBoth(offers)
                try await withThrowingTaskGroup(of: Bool.self) { calls in
                    for _ in 0..<4 {
                        calls.addTask { try await offers.price(Samples.sparsePricing) == Samples.fullCart }
                    }
                    await leaving.started.wait()
                    try await askToLeave(leaving)
                    try await callOnlyTheOther(offers)
                    allowed.happen()
                    for try await isRight in calls { #expect(isRight) }
                }
            }
            await staying.group.triggerGracefulShutdown()
            try await group.waitForAll()
        }
    }

    /// The calls go round both servers.
    private func callBoth(_ offers: GRPCOffersClient) async throws {
        var names: Set<String> = []
        while names.count < 2 { names.insert(try await offers.rules()) }
    }

    /// Begins the shutdown, and returns when those who watch the server's health know.
    private func askToLeave(_ server: Server) async throws {
        let statuses = try await withConnection(to: [try await server.host.address]) { connection in
            try await Grpc_Health_V1_Health.Client(wrapping: connection.client).watch(.init()) { response in
                var statuses: [Grpc_Health_V1_HealthCheckResponse.ServingStatus] = []
                for try await answer in response.messages {
                    statuses.append(answer.status)
                    if statuses.count == 1 { await server.group.triggerGracefulShutdown() }
                }
                return statuses
            }
        }
        #expect(statuses == [.serving, .notServing])
    }

    /// None fails, and soon all are answered by the server that stays.
    private func callOnlyTheOther(_ offers: GRPCOffersClient) async throws {
        var inARow = 0
        while inARow < 10 { inARow = try await offers.rules() == "staying" ? inARow + 1 : 0 }
    }
}
