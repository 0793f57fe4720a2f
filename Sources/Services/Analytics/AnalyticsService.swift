package import Commerce
package import CoreMetrics
import EventContract
package import EventLog
package import Logging
package import SQL
package import ServiceKit
package import ServiceLifecycle

/// analytics-service: keeps read models over behaviour and orders, from which staff's reports are read. Needs its own
/// SQL database and the event log.
package struct AnalyticsService: Sendable {
    /// The consumer group, and the name its effects are noted under.
    package static let group = "analytics-service"
    package static let topics: [Topic] = [.behaviour, .orders]
    package static let migrations: [Migration] = AnalyticsMigrations.all

    /// `order_without_event`; made once a minute by the background services.
    package let checks: [CorrectnessCheck]

    let readReports: ReadReports
    let boundary: ErrorBoundary
    private let logger: Logger
    private let recordActivity: RecordActivity
    private let expireVisits: DeleteExpiredVisits
    private let log: any EventLog
    private let orders: AwaitedFacts

    package init(
        database: any Database, log: any EventLog, clock: WallClock = .system,
        metrics: any MetricsFactory = MetricsSystem.factory, logger: Logger
    ) {
        let orders = AwaitedFacts(database: database, clock: clock, handled: SalesStore.counted)
        checks = [
            CorrectnessCheck("order_without_event", of: Self.group, clock: clock, metrics: metrics, logger: logger) {
                _ in
                try await orders.overdue { try await log.lag(group: Self.group, topic: .orders) }
            }
        ]
        self.orders = orders
        readReports = ReadReports(database: database)
        recordActivity = RecordActivity(database: database, consumer: Self.group)
        expireVisits = DeleteExpiredVisits(database: database, clock: clock)
        self.log = log
        self.logger = logger
        boundary = ErrorBoundary(
            of: "Reporting", contract: "Reports", service: Self.group, logger: logger)
    }

    /// The consumer, what deletes expired visits, and what makes the checks.
    package var backgroundServices: [any ServiceLifecycle.Service] {
        [
            Consumer(group: Self.group, topics: Self.topics, log: log, logger: logger) { try await handle($0) },
            Periodic(every: .seconds(3_600), "old visits", logger: logger, body: deleteExpiredVisits),
            CorrectnessCheck.repeated(checks, logger: logger),
        ]
    }

    /// Updates the read models, or compares a checkpoint with them. A repeated event changes nothing.
    package func handle(_ event: Event) async throws {
        guard let checkpoint = try event.payload(OrdersCheckpoint.self) else {
            return try await recordActivity.run(event)
        }
        try await orders.take(
            checkpoint.orderIDs, checkpoint: checkpoint.number, of: event, consumer: Self.group,
            retention: event.topic.retention)
    }

    package func deleteExpiredVisits() async throws { try await expireVisits.run() }
}
