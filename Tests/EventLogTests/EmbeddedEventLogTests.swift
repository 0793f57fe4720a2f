import Commerce
import EventContract
import EventLog
import SQL
import TestSupport
import Testing

/// What only the embedded log guarantees, and the inbox of consumers.
@Suite struct EmbeddedEventLogTests {
    static func visit(_ session: String, at time: Instant) throws -> Event {
        try Event(
            BehaviourRecorded(type: "", sessionID: session, occurredAt: time, properties: [:]), source: "test", at: time
        )
    }

    @Test func anEventPublishedTwiceIsStoredOnce() async throws {
        try await withEventLog { log in
            let event = try SampleEvents.cancelled("1")
            try await log.publish([event])
            try await log.publish([event])
            #expect(try await log.poll(group: "g", topic: .orders, limit: 9, wait: .zero).count == 1)
        }
    }

    @Test func oldBehaviourEventsAreDeletedAndOthersAreNot() async throws {
        try await withSQLiteDatabase(EmbeddedEventLog.migrations) { database in
            let clock = TestClock()
            let log = EmbeddedEventLog(database: database, clock: clock.clock)
            let start = clock.clock.now()
            let visits = try (0..<1_200).map { try Self.visit("\($0)", at: start) }
            try await log.publish(visits + [try SampleEvents.cancelled("order")])
            try await log.deadLetter(visits[0], group: "g", reason: "unreadable")
            clock.advance(by: .seconds(29 * 86_400))
            try await log.publish([try Self.visit("young", at: clock.clock.now())])
            try await log.removeExpired(TopicDeclaration.events)
            #expect(try await log.lag(group: "g", topic: .behaviour) == 1_201)
            clock.advance(by: .seconds(2 * 86_400))
            try await log.removeExpired(TopicDeclaration.events)
            let left = try await log.poll(group: "g", topic: .behaviour, limit: 9, wait: .zero)
            #expect(left.map(\.event.key) == ["0", "young"])
            #expect(try await log.lag(group: "g", topic: .orders) == 1)
        }
    }

    /// Deleting an entry while its event can still be delivered would mail customers, or count their orders, twice.
    @Test func theInboxDeletesEntriesOfEventsThatCannotBeDeliveredAgain() async throws {
        try await withDatabase([Inbox.migration, Inbox.expiryMigration]) { database in
            let visit = try Self.visit("1", at: .now)
            let order = try SampleEvents.cancelled("1")
            let noted = try await database.write { tx in
                func again(after days: Int64) throws -> [Bool] {
                    try Inbox.expire(at: visit.time.advanced(by: .seconds(days * 86_400)), in: tx)
                    return try [visit, order].map {
                        try Inbox.note($0, consumer: "a", retention: $0.topic.retention, in: tx)
                    }
                }
                return [
                    try again(after: 0), try again(after: 31), try again(after: 61), try again(after: 10_000),
                ]
            }
            #expect(noted == [[true, true], [false, false], [true, false], [true, false]])
        }
    }

    @Test func theInboxRecordsAnEventOncePerConsumer() async throws {
        try await withDatabase([Inbox.migration, Inbox.expiryMigration]) { database in
            let event = try SampleEvents.cancelled("1")
            let noted = try await database.write { tx in
                [
                    try Inbox.note(event, consumer: "a", retention: nil, in: tx),
                    try Inbox.note(event, consumer: "a", retention: nil, in: tx),
                    try Inbox.note(event, consumer: "b", retention: nil, in: tx),
                ]
            }
            #expect(noted == [true, false, true])
        }
    }
}
