package import Commerce
import EventContract
package import EventLog
package import Logging
package import SQL
import ServiceKit
package import ServiceLifecycle

/// Mails customers about their orders, each of them once: the event is noted and its mail queued in one transaction, a
/// sender delivers what is queued. Needs its own SQL database, the event log and a way to send mail.
package struct NotificationService: Sendable {
    package static let migrations = NotificationMigrations.all
    package static let group = "notification-service"
    package static let topics: [Topic] = [.orders]

    /// The consumer, the sender and what deletes old mails.
    package let backgroundServices: [any ServiceLifecycle.Service]

    private let database: any Database
    private let clock: WallClock
    private let logger: Logger
    private let writer: OrderMailWriter
    private let sender: MailSender

    /// - Parameter database: Migrated with ``migrations``.
    /// Throws when the sender's address is not one, or a template is missing or malformed.
    package init(
        database: any Database, log: any EventLog, transport: any MailTransport,
        settings: NotificationSettings = NotificationSettings(), clock: WallClock = .system, logger: Logger
    ) throws {
        let writer = try OrderMailWriter(settings: settings)
        let sender = MailSender(
            database: database, transport: transport, from: settings.senderAddress, clock: clock, logger: logger)
        (self.database, self.clock, self.logger, self.writer, self.sender) = (database, clock, logger, writer, sender)
        let handler = OrderEventHandler(database: database, writer: writer, clock: clock, logger: logger)
        backgroundServices = [
            Consumer(group: Self.group, topics: Self.topics, log: log, logger: logger, handle: handler.handle),
            Periodic(
                every: Channels.safetyInterval, "queued mails", wokenBy: database.channels[.mails], logger: logger
            ) { try await sender.deliverQueued() },
            Periodic(every: .seconds(3_600), "old mails", logger: logger) {
                // They hold names and addresses.
                let limit = clock.now().advanced(by: .zero - settings.retention)
                try await database.write { tx in try MessageTable.expire(before: limit, in: tx) }
            },
        ]
    }

    /// What the consumer does with one event.
    package func handle(_ event: Event) async throws {
        try await OrderEventHandler(database: database, writer: writer, clock: clock, logger: logger).handle(event)
    }

    /// Delivers what is queued and due.
    /// - Returns: How many mails were sent.
    @discardableResult package func deliverQueued() async throws -> Int { try await sender.deliverQueued() }

    /// How many mails were given up.
    package func failedMails() async throws -> Int {
        try await database.read { tx in try MessageTable.failed(in: tx) }
    }

    /// Queues every mail that was given up once more.
    /// - Returns: How many.
    package func retryFailedMails() async throws -> Int {
        let now = clock.now()
        return try await database.write { tx in try MessageTable.retryFailed(at: now, in: tx) }
    }
}
