import ContractTestSupport
import OfferWire
import RPC
import ServiceKit
import TestSupport
import Testing

@Suite struct GRPCDeadlineTests {
    /// Prices until it is cancelled, and reports both.
    private func sleeper(_ started: Event, _ cancelled: Event) -> OffersDouble {
        OffersDouble(
            recorder: CallRecorder { method in
                guard method == "price" else { return }
                started.happen()
                do { try await Task.sleep(for: .seconds(60)) } catch {
                    cancelled.happen()
                    throw error
                }
            })
    }

    @Test(.timeLimit(.minutes(1))) func theCallerHearsInTimeAndTheWorkStops() async throws {
        let (started, cancelled) = (Event(), Event())
        try await withWire([GRPCOffersServer(sleeper(started, cancelled))]) { wire in
            let offers = GRPCOffersClient(wire.peer())
            // Connects first: the time is for the work.
            _ = try await wire.calling { try await offers.rules() }
            let begin = ContinuousClock.now
            let caught = await refusal {
                try await wire.calling(for: .seconds(3)) { try await offers.price(Samples.sparsePricing) }
            }
            #expect(caught == .deadlineExceeded)
            #expect(begin.duration(to: .now) < .seconds(30))
            await cancelled.wait()
        }
    }

    @Test(.timeLimit(.minutes(1))) func theWorkStopsWhenTheCallerGivesUp() async throws {
        let (started, cancelled) = (Event(), Event())
        try await withWire([GRPCOffersServer(sleeper(started, cancelled))]) { wire in
            let offers = GRPCOffersClient(wire.peer())
            let context = try await wire.issuer.context(.anonymous)
            await withTaskGroup { group in
                group.addTask { _ = try? await context.run { try await offers.price(Samples.sparsePricing) } }
                await started.wait()
                group.cancelAll()
            }
            await cancelled.wait()
        }
    }

    @Test(.timeLimit(.minutes(1))) func aServerThatIsNotThereIsUnavailableInTime() async throws {
        try await withConnection(to: [ServiceAddress(host: "127.0.0.1", port: 1)]) { connection in
            let caught = await refusal {
                try await CallContext(deadline: .now.advanced(by: .milliseconds(300))).run {
                    try await GRPCOffersClient(testPeer(connection)).rules()
                }
            }
            #expect(caught?.kind == .unavailable)
        }
    }
}
