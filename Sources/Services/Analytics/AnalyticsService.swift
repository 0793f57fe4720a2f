package import Commerce
import EventContract
package import EventLog
package import Logging
package import SQL
import ServiceKit
package import ServiceLifecycle

/// analytics-service: keeps read models over behaviour and orders, from which staff's reports are read. Needs its own
/// SQL database and the event log.
package struct AnalyticsService: Sendable {
    /// The consumer group, and the name its effects are noted under.
    package static let group = "analytics-service"
    package static let topics: [Topic] = [.behaviour, .orders]
    package static let migrations: [Migration] = AnalyticsMigrations.all

    let readReports: ReadReports
    let boundary: ErrorBoundary
    private let logger: Logger
    private let recordActivity: RecordActivity
    private let expireVisits: DeleteExpiredVisits
    private let log: any EventLog

    package init(database: any Database, log: any EventLog, clock: WallClock = .system, logger: Logger) {
        readReports = ReadReports(database: database)
        recordActivity = RecordActivity(database: database, consumer: Self.group)
        expireVisits = DeleteExpiredVisits(database: database, clock: clock)
        self.log = log
        self.logger = logger
        boundary = ErrorBoundary(
            of: "The reports", contract: "Reports", service: Self.group, logger: logger)
    }

    /// The consumer, and what deletes expired visits.
    package var backgroundServices: [any ServiceLifecycle.Service] {
        [
            Consumer(group: Self.group, topics: Self.topics, log: log, logger: logger) { try await handle($0) },
            Periodic(every: .seconds(3_600), "old visits", logger: logger, body: deleteExpiredVisits),
        ]
    }

    /// Updates the read models. A repeated event changes nothing.
    package func handle(_ event: Event) async throws { try await recordActivity.run(event) }

    package func deleteExpiredVisits() async throws { try await expireVisits.run() }
}
