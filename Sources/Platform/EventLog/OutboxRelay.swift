package import Commerce
package import CoreMetrics
package import Logging
package import SQL
import ServiceKit
import ServiceLifecycle

/// Publishes what the outbox holds, in order, and removes it. After a crash in between an event is published again:
/// consumers note ids.
///
/// Where processes share a database one relay works at a time, from reading to removing. Two would publish everything
/// twice, and the older of two events might come last.
package struct OutboxRelay: Service {
    private let database: any Database
    private let log: any EventLog
    private let clock: WallClock
    private let logger: Logger
    /// How long events gather once the first has come: many of a busy moment are published together.
    private let linger: Duration
    private let waiting: any MeterHandler
    private let owner = String(UInt64.random(in: .min ... .max), radix: 36)

    /// Another relay takes over after so long; a batch takes much less unless its process has died.
    package static let lease = Duration.seconds(5)

    /// - Parameters:
    ///   - service: Whose outbox it is: how many events wait is told as `magpie_outbox_waiting` of this service.
    package init(
        of service: String, database: any Database, log: any EventLog, clock: WallClock = .system, logger: Logger,
        linger: Duration = .milliseconds(20), metrics: any MetricsFactory = MetricsSystem.factory
    ) {
        waiting = metrics.makeMeter(label: "magpie.outbox.waiting", dimensions: [("service", service)])
        waiting.set(Double.nan)  // Until it has been counted.
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
        // What the last requests before a shutdown wrote still leaves.
        while let count = try? await relayOnce(), count > 0 {}
    }

    /// Until another relay is asked again whether it is done.
    private static let pauseBesideAnother = Duration.milliseconds(200)

    private func relayUntilCancelled() async {
        let appended = database.channels[.outbox]
        while !Task.isCancelled {
            let seen = appended.count
            do {
                switch try await round() {
                case .published: continue
                case .nothing: await appended.wait(after: seen, for: Channels.safetyInterval)
                case .occupied: try await Task.sleep(for: Self.pauseBesideAnother)
                }
                try await Task.sleep(for: linger)
            } catch {
                if Task.isCancelled { return }
                logger.warning("Events wait in the outbox", metadata: ["error": "\(error)"])
                try? await Task.sleep(for: .seconds(1))  // The log is away.
            }
        }
    }

    private func count() async throws {
        try await waiting.show {
            try await database.read { tx in
                try tx.first("SELECT COUNT(*) AS waiting FROM outbox")?.int64("waiting") ?? 0
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
        /// Events wait, and another relay is at work: they may be of a transaction that it has not seen.
        case occupied
    }

    private func round() async throws -> Round {
        guard let rows = try await batch() else { return .occupied }
        guard !rows.isEmpty else { return .nothing }
        let positions = try rows.map { try $0.int64("position") }
        try await log.publish(rows.map(Event.init(row:)))
        try await database.write { [owner] tx in
            _ = try tx.execute("DELETE FROM outbox WHERE position IN \(in: positions)")
            guard tx.dialect == .postgresql else { return }
            try tx.execute("UPDATE outbox_relay SET held_until = 0 WHERE owner = \(owner)")
        }
        return .published(rows.count)
    }

    /// What is to be published next; nil while another relay is at work.
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
            // Looked up again: the relay before this one may just have published them.
            return holds == 1 ? try Self.waiting(in: tx) : nil
        }
    }

    private static func waiting(in tx: any SQLTransaction) throws -> [SQLRow] {
        try tx.query("SELECT * FROM outbox ORDER BY position LIMIT 200")
    }
}
