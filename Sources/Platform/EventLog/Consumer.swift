import Calls
import Commerce
package import Logging
import ServiceLifecycle

/// One consumer group's work: polls, hands every event to `handle`, commits after the effect. An event that fails
/// five times goes to the dead letters with its reason and blocks nothing.
package struct Consumer: Service {
    private let group: String
    private let topics: [Topic]
    private let log: any EventLog
    private let logger: Logger
    private let handle: @Sendable (Event) async throws -> Void

    package init(
        group: String, topics: [Topic], log: any EventLog, logger: Logger,
        handle: @escaping @Sendable (Event) async throws -> Void
    ) {
        self.group = group
        self.topics = topics
        self.log = log
        self.logger = logger
        self.handle = handle
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown {
            await withTaskGroup(of: Void.self) { tasks in
                for topic in topics { tasks.addTask { await consume(topic) } }
            }
        }
    }

    private func consume(_ topic: Topic) async {
        while !Task.isCancelled {
            do {
                let batch = try await log.poll(group: group, topic: topic, limit: 100, wait: .seconds(5))
                for logged in batch {
                    try await deliver(logged.event)
                    try await log.commit(group: group, topic: topic, offset: logged.offset)
                }
            } catch is CancellationError {
                return
            } catch {
                logger.error(
                    "Consuming failed; trying again",
                    metadata: ["group": "\(group)", "topic": "\(topic.rawValue)", "error": "\(error)"])
                try? await Task.sleep(for: .seconds(1))  // Not to spin while the log or the database is away.
            }
        }
    }

    private func deliver(_ event: Event) async throws {
        var context = CallContext(principal: .system(group))
        if let trace = TraceContext(traceparent: event.traceparent) { context.trace = trace.child() }
        for attempt in 1...5 {
            do {
                return try await context.run { try await handle(event) }
            } catch is CancellationError {
                throw CancellationError()
            } catch let error as ServiceError where error.kind == .unavailable {
                throw error  // What the consumer needs is away: wait, do not bury the event.
            } catch {
                logger.warning(
                    "An event could not be handled",
                    metadata: [
                        "group": "\(group)", "event.id": "\(event.id)", "attempt": "\(attempt)", "error": "\(error)",
                    ])
                if attempt == 5 { return try await log.deadLetter(event, group: group, reason: "\(error)") }
                try await Task.sleep(for: .milliseconds(50 << attempt))  // Backs off before the next attempt.
            }
        }
    }
}
