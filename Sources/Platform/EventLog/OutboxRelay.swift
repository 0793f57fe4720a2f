package import Commerce
package import CoreMetrics
package import Logging
package import SQL
import ServiceKit
import ServiceLifecycle

/// Publishes the events of the outbox in order, and removes them. After a crash in between an event is published again:
/// consumers ignore ids that they have handled.
///
/// Where processes share a database one relay is active at a time, from reading to removing. Two would publish every event
/// twice, and might publish the older of two events last.
package struct OutboxRelay: Service {
    private let database: any Database
    private let log: any EventLog
    private let clock: WallClock
    private let logger: Logger
    /// How long events are collected after the first: those of a busy moment are published together.
    private let linger: Duration
    private let waiting: BacklogGauges
    private let published: MetricFamily<any CounterHandler>
    private let owner = String(UInt64.random(in: .min ... .max), radix: 36)

    /// Another relay takes over after so long. A batch takes much less unless its process has crashed.
    package static let lease = Duration.seconds(5)

    /// - Parameters:
    ///   - service: Whose outbox it is, for metrics.
    package init(
        of service: String, database: any Database, log: any EventLog, clock: WallClock = .system, logger: Logger,
        linger: Duration = .milliseconds(20), metrics: any MetricsFactory = MetricsSystem.factory
    ) {
        waiting = BacklogGauges(EventMetrics.outboxEvents, EventMetrics.outboxAge, service: service, in: metrics)
        published = EventMetrics.published.counters(service: service, in: metrics)
        self.database = database
        self.log = log
        self.clock = clock
        self.logger = logger
        self.linger = linger
    }

    package func run() async throws {
        let counting = Periodic(every: .seconds(15), "count of waiting events", logger: logger) { try await count() }
        await cancelWhenGracefulShutdown {
            await withTaskGroup(of: Void.self) { tasks in
                tasks.addTask { await relayUntilCancelled() }
                tasks.addTask { await counting.repeatUntilCancelled() }
            }
        }
        // The events of the last requests before a shutdown are still published.
        while let count = try? await relayOnce(), count > 0 {}
    }

    /// Between two checks whether another relay is still active.
    private static let occupiedPause = Duration.milliseconds(200)

    private func relayUntilCancelled() async {
        let appended = database.channels[.outbox]
        while !Task.isCancelled {
            let seen = appended.count
            do {
                switch try await round() {
                case .published: continue
                case .nothing: await appended.wait(after: seen, for: Channels.safetyInterval)
                case .occupied: try await Task.sleep(for: Self.occupiedPause)  // No other process tells when it ends.
                }
                try await Task.sleep(for: linger)  // Events that follow at once leave together.
            } catch {
                if Task.isCancelled { return }
                logger.warning("Events wait in the outbox", metadata: ["error": "\(error)"])
                try? await Task.sleep(for: .seconds(1))  // The log is unavailable.
            }
        }
    }

    private func count() async throws {
        try await waiting.record(at: clock) {
            try await database.read { tx in
                let row = try tx.first("SELECT COUNT(*) AS waiting, MIN(time) AS oldest FROM outbox")
                return (try row?.int64("waiting") ?? 0, try row?.optionalInstant("oldest"))
            }
        }
    }

    /// - Returns: How many events were published.
    @discardableResult package func relayOnce() async throws -> Int {
        if case .published(let count) = try await round() { count } else { 0 }
    }

    private enum Round {
        case published(Int)
        case nothing
        /// Events wait, and another relay is active: they may be of a transaction that it has not seen.
        case occupied
    }

    private func round() async throws -> Round {
        guard let rows = try await batch() else { return .occupied }
        guard !rows.isEmpty else { return .nothing }
        let positions = try rows.map { try $0.int64("position") }
        let events = try rows.map(Event.init(row:))
        try await log.publish(events)
        for (topic, events) in Dictionary(grouping: events, by: \.topic) {
            published[topic.rawValue].increment(by: Int64(events.count))
        }
        try await database.write { [owner] tx in
            _ = try tx.execute("DELETE FROM outbox WHERE position IN \(in: positions)")
            guard tx.dialect == .postgresql else { return }
            try tx.execute("UPDATE outbox_relay SET held_until = 0 WHERE owner = \(owner)")
        }
        return .published(rows.count)
    }

    /// The events to publish next; nil while another relay is active.
    private func batch() async throws -> [SQLRow]? {
        let waiting = try await database.read { tx in try Self.waiting(in: tx) }
        guard database.dialect == .postgresql, !waiting.isEmpty else { return waiting }
        let now = clock.now()
        return try await database.write { [owner] tx in
            let holds = try tx.execute(
                """
                UPDATE outbox_relay SET owner = \(owner), held_until = \(now.advanced(by: Self.lease))
                WHERE owner = \(owner) OR held_until <= \(now)
                """)
            // Read again: the relay before this one may just have published them.
            return holds == 1 ? try Self.waiting(in: tx) : nil
        }
    }

    private static func waiting(in tx: any SQLTransaction) throws -> [SQLRow] {
        try tx.query("SELECT * FROM outbox ORDER BY position LIMIT 200")
    }
}
