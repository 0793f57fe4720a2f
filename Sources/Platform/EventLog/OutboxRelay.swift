import Calls
import Commerce
package import Logging
package import SQL
import ServiceLifecycle

/// Publishes what the outbox holds, in order, and removes it. After a crash in between an event is published again:
/// consumers note ids.
package struct OutboxRelay: Service {
    private let database: any Database
    private let log: any EventLog
    private let logger: Logger
    private let interval: Duration

    /// - Parameter interval: How long the relay rests after it has found the outbox empty.
    package init(database: any Database, log: any EventLog, logger: Logger, interval: Duration = .milliseconds(50)) {
        self.database = database
        self.log = log
        self.logger = logger
        self.interval = interval
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do {
                    if try await relayOnce() == 0 { try await Task.sleep(for: interval) }  // The polling interval.
                } catch is CancellationError {
                    return
                } catch {
                    logger.warning("Events wait in the outbox", metadata: ["error": "\(error)"])
                    try? await Task.sleep(for: .seconds(1))  // The log is away.
                }
            }
        }
        // What the last requests before a shutdown wrote still leaves.
        while let count = try? await relayOnce(), count > 0 {}
    }

    /// - Returns: How many events were published.
    @discardableResult package func relayOnce() async throws -> Int {
        let rows = try await database.read { tx in
            try tx.query("SELECT * FROM outbox ORDER BY position LIMIT 200")
        }
        guard !rows.isEmpty else { return 0 }
        let positions = try rows.map { try $0.int64("position") }
        try await log.publish(rows.map(Event.init(row:)))
        try await database.write { tx in
            _ = try tx.execute("DELETE FROM outbox WHERE position IN \(in: positions)")
        }
        return rows.count
    }
}

extension Event {
    /// From a row with the columns of the outbox.
    init(row: SQLRow) throws {
        let name = try row.string("topic")
        guard let topic = Topic(rawValue: name) else { throw SQLError.decoding("unknown topic \(name)") }
        self.init(
            id: try row.id("id"), type: try row.string("type"), source: try row.string("source"), topic: topic,
            key: try row.string("key"), time: try row.instant("time"), traceparent: try row.string("traceparent"),
            data: try row.string("data"))
    }
}
