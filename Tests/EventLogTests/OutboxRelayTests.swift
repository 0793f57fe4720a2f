import Commerce
import EventLog
import Logging
import Observability
import SQL
import Synchronization
import TestSupport
import Testing

/// Several relays on one outbox. A SQLite file belongs to one process, which runs one relay.
@Suite(.enabled(if: TestServer.postgres != nil, "run it by scripts/with-postgres")) struct OutboxRelayTests {
    @Test func anotherRelayTakesOverWhenOneHasStopped() async throws {
        try await withRelays { database, log, relay in
            let clock = TestClock()
            let (first, second) = (relay(clock), relay(clock))
            try await append(["1"], to: database)
            log.fail(times: 1)
            await #expect(throws: SQLError.self) { try await first.relayOnce() }
            try await append(["2"], to: database)
            #expect(try await second.relayOnce() == 0)
            clock.advance(by: OutboxRelay.lease)
            #expect(try await second.relayOnce() == 2)
            #expect(log.orders == ["1", "2"])
            try await append(["3"], to: database)
            #expect(try await first.relayOnce() == 1)
        }
    }

    @Test func relaysAtOncePublishEachEventOnceAndInOrder() async throws {
        try await withRelays { database, log, relay in
            let orders = (0..<900).map { "\($0)" }
            try await append(orders, to: database)
            let clock = TestClock()
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                for _ in 0..<4 {
                    let relay = relay(clock)
                    tasks.addTask {
                        while log.orders.count < orders.count {
                            if try await relay.relayOnce() == 0 { await Task.yield() }
                        }
                    }
                }
                try await tasks.waitForAll()
            }
            #expect(log.orders == orders)
        }
    }

    @Test func waitingEventsAreMeasured() async throws {
        try await withDatabase([Outbox.migration, Outbox.relayMigration]) { database in
            let (metrics, log) = (PrometheusRegistry(service: "test", declared: EventMetrics.all), PublishedEvents())
            let relay = OutboxRelay(
                of: "test", database: database, log: log, logger: Logger(label: "test"), metrics: metrics)
            #expect(metrics.render().contains(#"magpie_outbox_events{service="test"} NaN"#))
            log.fail(times: .max)
            try await append(["1", "2"], to: database)
            let running = Task { try await relay.run() }
            while !metrics.render().contains(#"magpie_outbox_events{service="test"} 2"#) { await Task.yield() }
            let age = try #require(metrics.render().value(of: #"magpie_outbox_oldest_age_seconds{service="test"}"#))
            #expect((0..<60).contains(age))
            running.cancel()
            try await running.value
        }
    }

    private func append(_ orders: [String], to database: any Database) async throws {
        let events = try orders.map { try SampleEvents.cancelled($0) }
        try await database.write { tx in
            for event in events { try Outbox.append(event, in: tx) }
        }
    }

    private func withRelays(
        _ body: (any Database, PublishedEvents, (TestClock) -> OutboxRelay) async throws -> Void
    ) async throws {
        try await withDatabase([Outbox.migration, Outbox.relayMigration]) { database in
            let log = PublishedEvents()
            try await body(database, log) { clock in
                OutboxRelay(of: "test", database: database, log: log, clock: clock.clock, logger: Logger(label: "test"))
            }
        }
    }
}

/// Collects what is published, duplicates included. Never read from.
private final class PublishedEvents: EventLog {
    private struct State {
        var orders: [String] = []
        var failures = 0
    }

    private let state = Mutex(State())
    var orders: [String] { state.withLock { $0.orders } }
    func fail(times: Int) { state.withLock { $0.failures = times } }

    func publish(_ events: [Event]) async throws {
        try state.withLock { state in
            if state.failures > 0 {
                state.failures -= 1
                throw SQLError.unavailable("test")
            }
            state.orders += events.compactMap(\.order)
        }
    }

    func poll(group: String, topic: Topic, limit: Int, wait: Duration) async throws -> [LoggedEvent] { [] }
    func commit(_ event: LoggedEvent, group: String) async throws -> Bool { true }
    func rewind(group: String, topic: Topic) async throws {}
    func deadLetter(_ event: Event, group: String, reason: String) async throws {}
    func deadLetters() async throws -> [DeadLetter] { [] }
    func removeDeadLetter(of event: EventID, group: String) async throws {}
    func retryDeadLetter(of event: EventID, group: String) async throws {}
    func deadLetterCount(group: String) async throws -> Int64 { 0 }
    func deadLettersToRetry(group: String) async throws -> [DeadLetter] { [] }
    func lag(group: String, topic: Topic) async throws -> Int64 { 0 }
}
