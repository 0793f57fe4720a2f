package import Commerce
package import CoreMetrics
import EventContract
package import EventLog
package import Logging
package import SQL
import ServiceKit
package import ServiceLifecycle

/// notification-service: mails customers about their orders. An event is noted and its mail queued in one transaction,
/// so each mail is sent once; queued mails are sent in the background. Needs its own SQL database, the event log and a
/// way to send mail.
package struct NotificationService: Sendable {
    package static let migrations = NotificationMigrations.all
    package static let group = "notification-service"
    package static let topics: [Topic] = [.orders]

    /// The consumer, what sends queued mails and what deletes expired ones.
    package let backgroundServices: [any ServiceLifecycle.Service]

    private let database: any Database
    private let queueOrderMail: QueueOrderMail
    private let sendQueuedMails: SendQueuedMails
    private let requeueMails: RetryFailedMails

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
            database: database, transport: transport, from: settings.senderAddress, clock: clock,
            counter: MailCounter(metrics), logger: logger)
        let deleteExpired = DeleteExpiredMails(database: database, retention: settings.retention, clock: clock)
        self.database = database
        queueOrderMail = queue
        sendQueuedMails = send
        requeueMails = RetryFailedMails(database: database, clock: clock)
        backgroundServices = [
            Consumer(group: Self.group, topics: Self.topics, log: log, logger: logger) { try await queue.run($0) },
            Periodic(
                every: Channels.safetyInterval, "queued mails", wokenBy: database.channels[.mails], logger: logger
            ) { _ = try await send.run() },
            Periodic(every: .seconds(3_600), "old mails", logger: logger) { try await deleteExpired.run() },
        ]
    }

    /// Queues the mail about an event. A repeated event changes nothing.
    package func handle(_ event: Event) async throws { try await queueOrderMail.run(event) }

    /// Sends what is queued and due.
    /// - Returns: How many mails were sent.
    @discardableResult package func deliverQueued() async throws -> Int { try await sendQueuedMails.run() }

    /// How many mails were abandoned.
    package func failedMails() async throws -> Int {
        try await database.read { tx in try MessageTable.failed(in: tx) }
    }

    /// Queues every abandoned mail again.
    /// - Returns: How many.
    package func retryFailedMails() async throws -> Int { try await requeueMails.run() }
}
