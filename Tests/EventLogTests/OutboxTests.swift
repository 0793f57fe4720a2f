import EventLog
import SQL
import ServiceKit
import TestSupport
import Testing

@Suite struct OutboxTests {
    /// An event that the log never accepts would block all later ones.
    @Test func anEventThatIsTooLargeForTheLogIsNotRecorded() async throws {
        try await withDatabase([Outbox.migration]) { database in
            let event = try SampleEvents.cancelled(String(repeating: "x", count: Outbox.longestData))
            let error = await #expect(throws: ServiceError.self) {
                try await database.write { tx in try Outbox.append(event, in: tx) }
            }
            #expect(error?.code == "event_too_large" && error?.kind == .tooLarge)
        }
    }
}
