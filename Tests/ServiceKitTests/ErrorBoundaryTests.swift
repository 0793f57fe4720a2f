import Logging
import ServiceKit
import Testing

@Suite struct ErrorBoundaryTests {
    private struct Outage: OutageError {
        var isOutage: Bool
    }
    private struct Known: Error {}

    private let boundary = ErrorBoundary(
        of: "The library", contract: "Library", service: "library-service", logger: Logger(label: "test")
    ) { error in
        error is Known ? ServiceError.documentNotFound : nil
    }

    @Test(arguments: [
        (ServiceError.forbidden as any Error, ServiceError.forbidden),
        (Known(), .documentNotFound),
        (Outage(isOutage: true), .unavailable("The library")),
        (Outage(isOutage: false), .unexpected),
    ])
    func `callers see a service error whatever was thrown`(thrown: any Error, seen: ServiceError) async {
        await #expect(throws: seen) { try await boundary.run { throw thrown } }
    }

    @Test func `cancellation and simulated crashes pass`() async {
        await #expect(throws: CancellationError.self) { try await boundary.run { throw CancellationError() } }
        await #expect(throws: SimulatedCrash.self) { try await boundary.run { throw SimulatedCrash() } }
    }

    @Test func `a result passes`() async throws {
        #expect(try await boundary.run { 7 } == 7)
    }
}
