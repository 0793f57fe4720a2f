package import Commerce
package import CoreMetrics
import EventContract
package import EventLog
package import Logging
package import SQL
package import ServiceKit
package import ServiceLifecycle

/// notification-service: mails customers about their orders. An event is noted and its mail queued in one transaction,
/// so each mail is sent once; queued mails are sent in the background. Needs its own SQL database, the event log and a
/// way to send mail.
package struct NotificationService: Sendable {
    package static let migrations = NotificationMigrations.all
    package static let group = "notification-service"
    package static let topics: [Topic] = [.orders]

    /// `order_without_mail`; made once a minute by the background services.
    package let checks: [CorrectnessCheck]

    /// The consumer, what sends queued mails, what deletes expired ones, and what makes the checks.
    package let backgroundServices: [any ServiceLifecycle.Service]

    private let database: any Database
    private let handleEvent: @Sendable (Event) async throws -> Void
    private let sendQueuedMails: SendQueuedMails
    private let requeueMails: RetryFailedMails
    private let measureMails: MeasureMails

    /// - Parameter database: Migrated with ``migrations``.
    /// Throws when the sender's address is not one, or a template is missing or malformed.
    package init(
        database: any Database, log: any EventLog, transport: any MailTransport,
        settings: NotificationSettings = NotificationSettings(), clock: WallClock = .system,
        metrics: any MetricsFactory = MetricsSystem.factory, logger: Logger
    ) throws {
        let queue = QueueOrderMail(
            database: database, consumer: Self.group, writer: try OrderMailWriter(settings: settings), clock: clock,
            logger: logger)
        let send = SendQueuedMails(
            database: database, transport: transport, from: settings.senderAddress, service: Self.group, clock: clock,
            counter: MailCounter(metrics), logger: logger)
        let deleteExpired = DeleteExpiredMails(database: database, retention: settings.retention, clock: clock)
        let orders = AwaitedFacts(database: database, clock: clock, handled: MessageTable.confirmed)
        let handle: @Sendable (Event) async throws -> Void = { event in
            guard let checkpoint = try event.payload(OrdersCheckpoint.self) else { return try await queue.run(event) }
            try await orders.take(
                checkpoint.orderIDs, checkpoint: checkpoint.number, of: event, consumer: Self.group,
                retention: event.topic.retention)
        }
        checks = [
            CorrectnessCheck("order_without_mail", of: Self.group, clock: clock, metrics: metrics, logger: logger) {
                _ in
                try await orders.overdue { try await log.lag(group: Self.group, topic: .orders) }
            }
        ]
        self.database = database
        handleEvent = handle
        sendQueuedMails = send
        requeueMails = RetryFailedMails(database: database, clock: clock)
        let measureMails = MeasureMails(database: database, clock: clock, metrics)
        self.measureMails = measureMails
        backgroundServices = [
            Consumer(group: Self.group, topics: Self.topics, log: log, logger: logger, handle: handle),
            Periodic(
                every: Channels.safetyInterval, "queued mails", wokenBy: database.channels[.mails], logger: logger
            ) { _ = try await send.run() },
            Periodic(every: .seconds(3_600), "old mails", logger: logger) { try await deleteExpired.run() },
            CorrectnessCheck.repeated(checks, logger: logger),
            Periodic(every: .seconds(15), "count of queued mails", logger: logger) { try await measureMails.run() },
        ]
    }

    /// Queues the mail about an event, or compares a checkpoint with the mails. A repeated event changes nothing.
    package func handle(_ event: Event) async throws { try await handleEvent(event) }

    /// Sends what is queued and due.
    /// - Returns: How many mails were sent.
    @discardableResult package func deliverQueued() async throws -> Int { try await sendQueuedMails.run() }

    /// Sets the gauges of queued mails, as the background services do.
    package func measureMails() async throws { try await measureMails.run() }

    /// How many mails were abandoned.
    package func failedMails() async throws -> Int {
        try await database.read { tx in try MessageTable.failed(in: tx) }
    }

    /// Queues every abandoned mail again.
    /// - Returns: How many.
    package func retryFailedMails() async throws -> Int { try await requeueMails.run() }
}
