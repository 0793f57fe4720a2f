import EventContract
import EventLog
import Logging
import SQL
import TestSupport
import Testing

@Suite struct EventLogTests {
    static func event(_ key: String) throws -> Event {
        var message = Magpie_Events_V1_OrderCancelled()
        message.orderID = key
        return try Event(message, source: "test", topic: .orders, key: key)
    }

    @Test func groupsReadInOrderAndContinueAfterWhatTheyCommitted() async throws {
        try await withEventLog { log in
            try await log.publish(try (1...5).map { try Self.event("\($0)") })
            let first = try await log.poll(group: "g", topic: .orders, limit: 2, wait: .zero)
            #expect(first.map(\.event.key) == ["1", "2"])
            #expect(try await log.commit(group: "g", topic: .orders, offset: first[1].offset, after: first[0].after))
            #expect(
                try await log.poll(group: "g", topic: .orders, limit: 9, wait: .zero).map(\.event.key) == [
                    "3", "4", "5",
                ])
            #expect(try await log.poll(group: "other", topic: .orders, limit: 9, wait: .zero).count == 5)
            #expect(try await log.lag(group: "g", topic: .orders) == 3)
            try await log.rewind(group: "g", topic: .orders)
            #expect(try await log.poll(group: "g", topic: .orders, limit: 9, wait: .zero).count == 5)
        }
    }

    @Test func anEventPublishedTwiceIsStoredOnce() async throws {
        try await withEventLog { log in
            let event = try Self.event("1")
            try await log.publish([event])
            try await log.publish([event])
            #expect(try await log.poll(group: "g", topic: .orders, limit: 9, wait: .zero).count == 1)
        }
    }

    @Test func theRelayPublishesWhatWasCommittedAndNothingElse() async throws {
        struct Refused: Error {}
        try await withDatabase([Outbox.migration]) { database in
            try await withEventLog { log in
                let kept = try Self.event("kept")
                let undone = try Self.event("undone")
                try await database.write { tx in try Outbox.append(kept, in: tx) }
                try? await database.write { tx in
                    try Outbox.append(undone, in: tx)
                    throw Refused()
                }
                let relay = OutboxRelay(database: database, log: log, logger: Logger(label: "test"))
                #expect(try await relay.relayOnce() == 1)
                #expect(try await relay.relayOnce() == 0)
                let published = try await log.poll(group: "g", topic: .orders, limit: 9, wait: .zero)
                #expect(published.map(\.event) == [kept])
            }
        }
    }

    @Test func theInboxNotesAnEventOncePerConsumer() async throws {
        try await withDatabase([Inbox.migration]) { database in
            let event = try Self.event("1")
            let noted = try await database.write { tx in
                [
                    try Inbox.note(event, consumer: "a", in: tx), try Inbox.note(event, consumer: "a", in: tx),
                    try Inbox.note(event, consumer: "b", in: tx),
                ]
            }
            #expect(noted == [true, false, true])
        }
    }
}
