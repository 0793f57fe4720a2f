import ServiceKit
import Testing

@Suite struct DeadlineTests {
    /// A payment that succeeded must not count as one that timed out.
    @Test func aLateSuccessIsReturned() async throws {
        let result = try await withDeadline(.now) {
            while !Task.isCancelled { await Task.yield() }
            return "charged"
        }
        #expect(result == "charged")
    }

    @Test func aBodyStoppedByTheDeadlineThrowsDeadlineExceeded() async {
        await #expect(throws: ServiceError.deadlineExceeded) {
            try await withDeadline(.now) { try await Task.sleep(for: .seconds(3_600)) }
        }
    }
}
