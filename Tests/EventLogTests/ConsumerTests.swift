import Commerce
import CoreMetrics
import EventContract
import EventLog
import Logging
import Observability
import SQL
import Synchronization
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct ConsumerTests {
    @Test(arguments: LogKind.allCases) func aPoisonMessageGoesToTheDeadLettersAndBlocksNothing(
        _ kind: LogKind
    ) async throws {
        try await withConsumer(on: kind) { _, order in
            if order == "bad" { throw Poison() }
        } body: { log, handled in
            try await log.publish([try SampleEvents.cancelled("bad"), try SampleEvents.cancelled("good")])
            #expect(await handled.next() == "good")
            let deadLetters = try await log.deadLetters()
            #expect(deadLetters.map(\.event.order) == ["bad"])
            #expect(deadLetters.first?.reason == "Poison()")
        }
    }

    /// A locked database must not lose a mail.
    @Test(arguments: LogKind.allCases) func aConsumerWaitsWhileItsDatabaseIsUnavailable(_ kind: LogKind)
        async throws
    {
        try await withConsumer(on: kind) { attempt, _ in
            if attempt <= 6 { throw SQLError.unavailable("locked") }
        } body: { log, handled in
            try await log.publish([try SampleEvents.cancelled("1")])
            #expect(await handled.next() == "1")
            #expect(try await log.deadLetters().isEmpty)
        }
    }

    @Test(arguments: LogKind.allCases) func aCancelledHandlerDoesNotEndTheConsumer(_ kind: LogKind)
        async throws
    {
        try await withConsumer(on: kind) { _, order in
            if order == "bad" { throw CancellationError() }
        } body: { log, handled in
            try await log.publish([try SampleEvents.cancelled("bad"), try SampleEvents.cancelled("good")])
            #expect(await handled.next() == "good")
        }
    }

    @Test(arguments: LogKind.allCases) func aRewindIsNotUndoneByTheBatchInProgress(_ kind: LogKind)
        async throws
    {
        let running = Mutex<(any EventLog)?>(nil)
        try await withConsumer(on: kind) { attempt, _ in
            let log = running.withLock { $0 }
            if attempt == 2 { try await log?.rewind(group: "g", topic: .orders) }
        } body: { log, handled in
            running.withLock { $0 = log }
            try await log.publish(try ["1", "2", "3"].map { try SampleEvents.cancelled($0) })
            var orders: [String] = []
            while orders.count < 5, let order = await handled.next() { orders.append(order) }
            #expect(orders == ["1", "2", "1", "2", "3"])
        }
    }

    @Test(arguments: LogKind.allCases) func aDeadLetterIsHandledOnceMoreOnRequest(
        _ kind: LogKind
    ) async throws {
        let repaired = Mutex(false)
        try await withConsumer(on: kind) { _, order in
            if order == "bad", !repaired.withLock({ $0 }) { throw Poison() }
        } body: { log, handled in
            try await log.publish([try SampleEvents.cancelled("bad"), try SampleEvents.cancelled("good")])
            #expect(await handled.next() == "good")
            let deadLetter = try #require(try await log.deadLetters().first)
            repaired.withLock { $0 = true }
            try await log.retryDeadLetter(of: deadLetter.event.id, group: deadLetter.group)
            #expect(await handled.next() == "bad")
            while try await !log.deadLetters().isEmpty { await Task.yield() }
        }
    }

    @Test(arguments: LogKind.allCases) func theLagIsMeasured(_ kind: LogKind) async throws {
        let metrics = PrometheusRegistry(service: "test", declared: EventMetrics.all)
        let events = try ["1", "2", "3"].map { try SampleEvents.cancelled($0) }
        try await withConsumer(on: kind, of: events, metrics: metrics) { _, _ in
            throw SQLError.unavailable("locked")
        } body: { _, _ in
            let line = #"magpie_consumer_lag_events{service="g",topic="magpie.orders"} 3"#
            while !metrics.render().contains(line) { await Task.yield() }
        }
    }

    @Test(arguments: LogKind.allCases) func `handled events, failures and dead letters are counted`(
        _ kind: LogKind
    ) async throws {
        let metrics = PrometheusRegistry(service: "test", declared: EventMetrics.all)
        let events = try ["bad", "good"].map { try SampleEvents.cancelled($0) }
        try await withConsumer(on: kind, of: events, metrics: metrics) { _, order in
            if order == "bad" { throw Poison() }
        } body: { log, handled in
            #expect(await handled.next() == "good")
            func count(_ outcome: String) -> Double? {
                metrics.render().value(
                    of: #"magpie_events_handled_total{outcome="\#(outcome)",service="g",topic="magpie.orders"}"#)
            }
            while count("handled") == nil { await Task.yield() }
            #expect(count("handled") == 1)
            #expect(count("failed") == 4)
            #expect(count("dead_letter") == 1)
            try #expect(await log.deadLetterCount(group: "g") == 1)
            try #expect(await log.deadLetterCount(group: "other") == 0)
            #expect(
                metrics.render().value(of: #"magpie_event_delay_seconds_count{service="g",topic="magpie.orders"}"#) == 1
            )
        }
    }
}

private struct Poison: Error {}

extension AsyncStream<String> {
    fileprivate func next() async -> String? { await first { _ in true } }
}

/// Runs a consumer of the orders topic, which holds these events; its handler gets the number of the attempt, counted over all events from 1, and
/// `body` gets what it has handled.
private func withConsumer(
    on kind: LogKind, of events: [Event] = [], metrics: any MetricsFactory = NOOPMetricsHandler.instance,
    handle: @escaping @Sendable (Int, String) async throws -> Void,
    body: (any EventLog, AsyncStream<String>) async throws -> Void
) async throws {
    try await kind.withLog { log in
        try await log.publish(events)
        let (handled, continuation) = AsyncStream.makeStream(of: String.self)
        let attempts = Mutex(0)
        let consumer = Consumer(
            group: "g", topics: [.orders], log: log, logger: Logger(label: "test"),
            retryInterval: .milliseconds(1),
            metrics: metrics
        ) { event in
            let attempt = attempts.withLock { count in
                count += 1
                return count
            }
            let order = event.order ?? ""
            try await handle(attempt, order)
            continuation.yield(order)
        }
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await consumer.run() }
            try await body(log, handled)
            tasks.cancelAll()
        }
    }
}
