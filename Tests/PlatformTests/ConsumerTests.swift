import Commerce
import CoreMetrics
import EventLog
import Logging
import Observability
import SQL
import Synchronization
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct ConsumerTests {
    @Test func aPoisonMessageGoesToTheDeadLettersAndBlocksNothing() async throws {
        try await withConsumer { _, key in
            if key == "bad" { throw Poison() }
        } body: { log, handled in
            try await log.publish([try EventLogTests.event("bad"), try EventLogTests.event("good")])
            #expect(await handled.next() == "good")
            let letters = try await log.deadLetters()
            #expect(letters.map(\.event.key) == ["bad"])
            #expect(letters.first?.reason.contains("Poison") == true)
        }
    }

    /// A locked database is no reason to lose a mail.
    @Test func whileItsDatabaseIsAwayAConsumerWaits() async throws {
        try await withConsumer { attempt, _ in
            if attempt <= 6 { throw SQLError.unavailable("locked") }
        } body: { log, handled in
            try await log.publish([try EventLogTests.event("1")])
            #expect(await handled.next() == "1")
            #expect(try await log.deadLetters().isEmpty)
        }
    }

    @Test func aCancelledHandlerDoesNotEndTheConsumer() async throws {
        try await withConsumer { _, key in
            if key == "bad" { throw CancellationError() }
        } body: { log, handled in
            try await log.publish([try EventLogTests.event("bad"), try EventLogTests.event("good")])
            #expect(await handled.next() == "good")
        }
    }

    @Test func aReplayHoldsAgainstTheBatchThatIsRunning() async throws {
        let running = Mutex<(any EventLog)?>(nil)
        try await withConsumer { attempt, _ in
            let log = running.withLock { $0 }
            if attempt == 2 { try await log?.rewind(group: "g", topic: .orders) }
        } body: { log, handled in
            running.withLock { $0 = log }
            try await log.publish(try ["1", "2", "3"].map(EventLogTests.event))
            var keys: [String] = []
            while keys.count < 5, let key = await handled.next() { keys.append(key) }
            #expect(keys == ["1", "2", "1", "2", "3"])
        }
    }

    @Test func aDeadLetterIsHandledOnceMoreWhenSomebodyAsks() async throws {
        let repaired = Mutex(false)
        try await withConsumer { _, key in
            if key == "bad", !repaired.withLock({ $0 }) { throw Poison() }
        } body: { log, handled in
            try await log.publish([try EventLogTests.event("bad"), try EventLogTests.event("good")])
            #expect(await handled.next() == "good")
            let letter = try #require(try await log.deadLetters().first)
            repaired.withLock { $0 = true }
            try await log.retryDeadLetter(of: letter.event.id, group: letter.group)
            #expect(await handled.next() == "bad")
            while try await !log.deadLetters().isEmpty { await Task.yield() }
        }
    }

    @Test func whatWaitsIsMeasured() async throws {
        let metrics = PrometheusRegistry()
        try await withConsumer(metrics: metrics) { _, _ in
            throw SQLError.unavailable("locked")
        } body: { log, _ in
            try await log.publish(try ["1", "2", "3"].map(EventLogTests.event))
            let line =
                #"messaging_consumer_lag{messaging_consumer_group_name="g",messaging_destination_name="magpie.orders"} 3"#
            while !metrics.render().contains(line) { await Task.yield() }
        }
    }

    @Test func aDeadLetterThatFailsAgainWaitsToBeAskedForAgain() async throws {
        try await withEventLog { log in
            let event = try EventLogTests.event("bad")
            try await log.publish([event])
            try await log.deadLetter(event, group: "g", reason: "first")
            try await log.retryDeadLetter(of: event.id, group: "g")
            #expect(try await log.deadLettersToRetry(group: "g").map(\.event) == [event])
            #expect(try await log.deadLettersToRetry(group: "other").isEmpty)
            try await log.deadLetter(event, group: "g", reason: "second")
            #expect(try await log.deadLettersToRetry(group: "g").isEmpty)
            #expect(try await log.deadLetters().map(\.reason) == ["second"])
            try await log.removeDeadLetter(of: event.id, group: "g")
            #expect(try await log.deadLetters().isEmpty)
        }
    }
}

private struct Poison: Error {}

extension AsyncStream<String> {
    fileprivate func next() async -> String? { await first { _ in true } }
}

/// Runs a consumer of the orders topic; its handler gets the number of the attempt, counted over all events from 1, and
/// what it has handled is told to the body.
private func withConsumer(
    metrics: any MetricsFactory = NOOPMetricsHandler.instance,
    handle: @escaping @Sendable (Int, String) async throws -> Void,
    body: (any EventLog, AsyncStream<String>) async throws -> Void
) async throws {
    try await withEventLog { log in
        let (handled, continuation) = AsyncStream.makeStream(of: String.self)
        let attempts = Mutex(0)
        let consumer = Consumer(
            group: "g", topics: [.orders], log: log, logger: Logger(label: "test"), retryInterval: .milliseconds(1),
            metrics: metrics
        ) { event in
            let attempt = attempts.withLock { count in
                count += 1
                return count
            }
            try await handle(attempt, event.key)
            continuation.yield(event.key)
        }
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await consumer.run() }
            try await body(log, handled)
            tasks.cancelAll()
        }
    }
}
