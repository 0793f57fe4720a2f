package import Commerce
package import CoreMetrics
import EventContract
package import EventLog
package import Logging
package import SQL
package import ServiceKit
package import ServiceLifecycle

/// audit-service: adds a hash-chained record to the audit log for every critical action that an event reports. Needs
/// its own SQL database and the event log.
package struct AuditService: Sendable {
    /// The consumer group, and the name its effects are noted under.
    package static let group = "audit-service"
    package static let topics: [Topic] = [.accounts, .catalogue, .orders, .staff]
    package static let migrations: [Migration] = AuditMigrations.all

    /// `audit_chain` and `order_without_event`; made once a minute by the background services.
    package let checks: [CorrectnessCheck]

    let listRecords: ListRecords
    let verifyChain: VerifyChain
    let boundary: ErrorBoundary
    private let logger: Logger
    private let recordAction: RecordAction
    private let log: any EventLog

    package init(
        database: any Database, log: any EventLog, clock: WallClock = .system,
        metrics: any MetricsFactory = MetricsSystem.factory, logger: Logger
    ) {
        listRecords = ListRecords(database: database)
        verifyChain = VerifyChain(database: database, logger: logger)
        let orders = AwaitedFacts(database: database, clock: clock, handled: AuditStore.recorded)
        let checkChain = CheckChain(database: database, verifyChain: verifyChain)
        checks = [
            CorrectnessCheck("audit_chain", of: Self.group, clock: clock, metrics: metrics, logger: logger) {
                try await checkChain.run($0)
            },
            CorrectnessCheck("order_without_event", of: Self.group, clock: clock, metrics: metrics, logger: logger) {
                _ in
                try await orders.overdue { try await log.lag(group: Self.group, topic: .orders) }
            },
        ]
        recordAction = RecordAction(database: database, consumer: Self.group, orders: orders)
        self.log = log
        self.logger = logger
        boundary = ErrorBoundary(
            of: "The audit log", contract: "AuditTrail", service: Self.group, logger: logger)
    }

    /// The consumer, and what makes the checks.
    package var backgroundServices: [any ServiceLifecycle.Service] {
        [
            Consumer(group: Self.group, topics: Self.topics, log: log, logger: logger) { try await handle($0) },
            CorrectnessCheck.repeated(checks, logger: logger),
        ]
    }

    /// Adds the event's record to the log. A repeated event changes nothing.
    package func handle(_ event: Event) async throws { try await recordAction.run(event) }
}
