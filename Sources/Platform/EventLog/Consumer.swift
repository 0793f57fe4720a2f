import Commerce
package import CoreMetrics
package import Logging
import SQL
package import ServiceKit
import ServiceLifecycle

/// The work of one consumer group: polls, passes every event to `handle`, commits after the effect. An event that fails
/// five times becomes a dead letter with its reason and blocks nothing; dead letters marked for a retry are handled again.
package struct Consumer: Service {
    private let group: String
    private let topics: [Topic]
    private let log: any EventLog
    private let logger: Logger
    private let retryInterval: Duration
    private let lag: MetricFamily<any MeterHandler>
    private let deadLetters: any MeterHandler
    private let handled: MetricFamily<any CounterHandler>
    private let delay: MetricFamily<any TimerHandler>
    private let faults: FaultPoints
    private let handle: @Sendable (Event) async throws -> Void

    /// - Parameter retryInterval: How long to wait while a backend is unavailable, and between checks for dead letters to be
    ///   retried.
    package init(
        group: String, topics: [Topic], log: any EventLog, logger: Logger, retryInterval: Duration = .seconds(2),
        metrics: any MetricsFactory = MetricsSystem.factory, faults: FaultPoints = .environment,
        handle: @escaping @Sendable (Event) async throws -> Void
    ) {
        self.group = group
        self.topics = topics
        self.log = log
        self.logger = logger
        self.retryInterval = retryInterval
        self.handle = handle
        self.faults = faults
        lag = EventMetrics.lag.gauges(service: group, in: metrics)
        deadLetters = EventMetrics.deadLetters.gauge(service: group, in: metrics)
        handled = EventMetrics.handled.counters(service: group, in: metrics)
        delay = EventMetrics.delay.timers(service: group, in: metrics)
        // Until they have been measured.
        for meter in topics.map({ lag[$0.rawValue] }) + [deadLetters] { meter.set(Double.nan) }
    }

    package func run() async throws {
        let retries = Periodic(every: retryInterval, "dead letters of \(group)", logger: logger) {
            try await retryDeadLetters()
        }
        let measuring = Periodic(every: .seconds(15), "lag of \(group)", logger: logger) { try await measure() }
        await cancelWhenGracefulShutdown {
            await withTaskGroup(of: Void.self) { tasks in
                for topic in topics { tasks.addTask { await consume(topic) } }
                tasks.addTask { await retries.repeatUntilCancelled() }
                tasks.addTask { await measuring.repeatUntilCancelled() }
            }
        }
    }

    private func consume(_ topic: Topic) async {
        while !Task.isCancelled {
            do {
                for logged in try await log.poll(group: group, topic: topic, limit: 100, wait: .seconds(5)) {
                    try await deliver(logged.event)
                    try faults.reach("consumer.\(group).handled")
                    // False: the rest of the batch is delivered again, after a rewind or to another member.
                    guard try await log.commit(logged, group: group) else { break }
                }
            } catch {
                if Task.isCancelled { return }
                logger.error(
                    "Consuming failed; trying again",
                    metadata: ["group": "\(group)", "topic": "\(topic.rawValue)", "error": "\(error)"])
                try? await Task.sleep(for: retryInterval)  // A backend may be unavailable.
            }
        }
    }

    private func retryDeadLetters() async throws {
        for deadLetter in try await log.deadLettersToRetry(group: group) { try await deliver(deadLetter.event) }
    }

    private func measure() async throws {
        var failure: (any Error)?
        for topic in topics {
            do {
                try await lag[topic.rawValue].record { try await log.lag(group: group, topic: topic) }
            } catch { failure = error }
        }
        do {
            try await deadLetters.record { try await log.deadLetterCount(group: group) }
        } catch { failure = error }
        if let failure { throw failure }
    }

    /// With its type: errors of decoders say no more than `failure`.
    private static func reason(_ error: any Error) -> String {
        let (type, text) = ("\(type(of: error))", "\(error)")
        return text.hasPrefix(type) ? text : "\(type): \(text)"
    }

    private func deliver(_ event: Event) async throws {
        let context = CallContext(principal: .system(group))
        for attempt in 1...5 {
            do {
                try await EventTrace.processing(event, by: group, as: context) { try await handle(event) }
                handled[event.topic.rawValue, "handled"].increment(by: 1)
                delay[event.topic.rawValue].record(event.time.duration(to: .now))
                return try await log.removeDeadLetter(of: event.id, group: group)
            } catch {
                if Task.isCancelled || (error as? any OutageError)?.isOutage ?? false { throw error }
                logger.warning(
                    "An event could not be handled",
                    metadata: [
                        "group": "\(group)", "event.id": "\(event.id)", "attempt": "\(attempt)", "error": "\(error)",
                    ])
                handled[event.topic.rawValue, attempt == 5 ? "dead_letter" : "failed"].increment(by: 1)
                if attempt == 5 { return try await log.deadLetter(event, group: group, reason: Self.reason(error)) }
                try await Task.sleep(for: .milliseconds(50 << attempt))  // Backs off before the next attempt.
            }
        }
    }
}
