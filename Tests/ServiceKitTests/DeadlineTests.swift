import ServiceKit
import Testing

@Suite struct DeadlineTests {
    /// Money that was taken must not be taken for an attempt that timed out.
    @Test func whatSucceedsTooLateIsStillKnown() async throws {
        let answer = try await withDeadline(.now) {
            while !Task.isCancelled { await Task.yield() }
            return "charged"
        }
        #expect(answer == "charged")
    }

    @Test func whatIsStoppedByTheDeadlineSaysSo() async {
        await #expect(throws: ServiceError.deadlineExceeded) {
            try await withDeadline(.now) { try await Task.sleep(for: .seconds(3_600)) }
        }
    }
}
