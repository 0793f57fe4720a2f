import Commerce
import EventContract
import EventLog
import Logging
import SQL
import TestSupport
import Testing

/// What every event log guarantees.
@Suite(.timeLimit(.minutes(1))) struct EventLogConformanceTests {
    @Test(arguments: LogKind.allCases) func groupsReadInOrderAndContinueAfterWhatTheyCommitted(
        _ kind: LogKind
    ) async throws {
        try await kind.withLog { log in
            try await log.publish(try (1...5).map { try SampleEvents.cancelled("\($0)") })
            let first = try await log.poll(atLeast: 2, group: "g", limit: 2)
            #expect(first.map(\.event.order) == ["1", "2"])
            for logged in first { #expect(try await log.commit(logged, group: "g")) }
            #expect(try await log.poll(atLeast: 3, group: "g").map(\.event.order) == ["3", "4", "5"])
            #expect(try await log.poll(atLeast: 5, group: "other").count == 5)
            #expect(try await log.lag(group: "g", topic: .orders) == 3)
            try await log.rewind(group: "g", topic: .orders)
            #expect(try await log.poll(atLeast: 5, group: "g").count == 5)
            #expect(try await log.lag(group: "g", topic: .orders) == 5)
        }
    }

    @Test(arguments: LogKind.allCases) func anEventComesBackAsItWent(_ kind: LogKind) async throws {
        try await kind.withLog { log in
            let event = try SampleEvents.cancelled("Zoë's \"🐦\" \\ \u{0}", key: "ключ")
            try await log.publish([event])
            #expect(try await log.poll(atLeast: 1, group: "g").map(\.event) == [event])
        }
    }

    @Test(arguments: LogKind.allCases) func uncommittedEventsAreDeliveredAgain(_ kind: LogKind)
        async throws
    {
        try await kind.withLog { log in
            try await log.publish(try ["1", "2"].map { try SampleEvents.cancelled($0) })
            #expect(try await log.poll(atLeast: 2, group: "g").map(\.event.order) == ["1", "2"])
            #expect(try await log.poll(atLeast: 2, group: "g").map(\.event.order) == ["1", "2"])
        }
    }

    @Test(arguments: LogKind.allCases) func eachKeyKeepsItsOrder(_ kind: LogKind) async throws {
        try await kind.withLog { log in
            let keys = (0..<20).map { "key \($0)" }
            try await log.publish(
                try (0..<10).flatMap { number in try keys.map { try SampleEvents.cancelled("\(number)", key: $0) } })
            var orders: [String: [String?]] = [:]
            var count = 0
            while count < 200 {
                for logged in try await log.poll(atLeast: 1, group: "g", limit: 30) {
                    orders[logged.event.key, default: []].append(logged.event.order)
                    #expect(try await log.commit(logged, group: "g"))
                    count += 1
                }
            }
            #expect(orders.count == 20)
            #expect(orders.values.allSatisfy { $0 == (0..<10).map { "\($0)" } })
            #expect(try await log.poll(group: "g", topic: .orders, limit: 9, wait: .zero).isEmpty)
            #expect(try await log.lag(group: "g", topic: .orders) == 0)
        }
    }

    @Test(arguments: LogKind.allCases) func afterARewindAnOldBatchCommitsNothing(_ kind: LogKind)
        async throws
    {
        try await kind.withLog { log in
            try await log.publish(try ["1", "2", "3"].map { try SampleEvents.cancelled($0) })
            let batch = try await log.poll(atLeast: 3, group: "g")
            #expect(try await log.commit(batch[0], group: "g"))
            try await log.rewind(group: "g", topic: .orders)
            #expect(try await !log.commit(batch[1], group: "g"))
            #expect(try await log.poll(atLeast: 3, group: "g").map(\.event.order) == ["1", "2", "3"])
        }
    }

    /// The relay publishes again what it had published before a crash.
    @Test(arguments: LogKind.allCases) func anEventPublishedTwiceHasItsEffectOnce(_ kind: LogKind)
        async throws
    {
        try await withDatabase([Inbox.migration, Inbox.expiryMigration]) { database in
            try await kind.withLog { log in
                let (twice, last) = (try SampleEvents.cancelled("1"), try SampleEvents.cancelled("2"))
                try await log.publish([twice])
                try await log.publish([twice, last])
                var effects: [String?] = []
                while effects.last != "2" {
                    for logged in try await log.poll(atLeast: 1, group: "g") {
                        let isNew = try await database.write { tx in
                            try Inbox.note(logged.event, consumer: "g", retention: nil, in: tx)
                        }
                        if isNew { effects.append(logged.event.order) }
                        #expect(try await log.commit(logged, group: "g"))
                    }
                }
                #expect(effects == ["1", "2"])
            }
        }
    }

    @Test(arguments: LogKind.allCases) func theRelayPublishesCommittedEventsOnly(
        _ kind: LogKind
    ) async throws {
        struct Refused: Error {}
        try await withDatabase([Outbox.migration, Outbox.relayMigration]) { database in
            try await kind.withLog { log in
                let kept = try SampleEvents.cancelled("kept")
                let undone = try SampleEvents.cancelled("undone")
                try await database.write { tx in try Outbox.append(kept, in: tx) }
                try? await database.write { tx in
                    try Outbox.append(undone, in: tx)
                    throw Refused()
                }
                let relay = OutboxRelay(of: "test", database: database, log: log, logger: Logger(label: "test"))
                #expect(try await relay.relayOnce() == 1)
                #expect(try await relay.relayOnce() == 0)
                #expect(try await log.poll(atLeast: 1, group: "g").map(\.event) == [kept])
            }
        }
    }

    @Test(arguments: LogKind.allCases) func aDeadLetterThatFailsAgainWaitsForTheNextRequest(
        _ kind: LogKind
    ) async throws {
        try await kind.withLog { log in
            let event = try SampleEvents.cancelled("bad")
            try await log.publish([event])
            try await log.deadLetter(event, group: "g", reason: "first")
            let number = try await log.deadLetters().first?.id
            try await log.retryDeadLetter(of: event.id, group: "g")
            #expect(try await log.deadLettersToRetry(group: "g").map(\.event) == [event])
            #expect(try await log.deadLettersToRetry(group: "other").isEmpty)
            try await log.deadLetter(event, group: "g", reason: "second")
            #expect(try await log.deadLettersToRetry(group: "g").isEmpty)
            #expect(try await log.deadLetters().map(\.reason) == ["second"])
            #expect(try await log.deadLetters().first?.id == number)
            try await log.removeDeadLetter(of: event.id, group: "g")
            #expect(try await log.deadLetters().isEmpty)
        }
    }
}

extension EventLog {
    /// Polls until there are at least so many.
    func poll(
        atLeast count: Int, group: String, topic: Topic = .orders, limit: Int = 100
    ) async throws -> [LoggedEvent] {
        while true {
            let events = try await poll(group: group, topic: topic, limit: limit, wait: .seconds(5))
            if events.count >= count { return events }
            await Task.yield()
        }
    }
}
