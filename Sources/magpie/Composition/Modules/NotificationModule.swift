import EventContract
import EventLog
import Logging
import NotificationService
import ServiceKit
import ServiceLifecycle

enum NotificationModule: ServiceModule {
    static let declaration = ServiceDeclaration(
        name: "notification-service", port: nil, owns: "message log, templates", needs: [.sql, .kafka],
        files: .writes("mails, without SMTP"), consumes: [.orders])

    static let endpoint = Endpoint<NotificationService>.none

    static func make(_ dependencies: ServiceDependencies) async throws -> NotificationService {
        let settings = dependencies.settings
        return try NotificationService(
            database: await dependencies.backends.database(
                "notification", of: declaration, NotificationService.migrations),
            log: dependencies.backends.eventLog, transport: transport(dependencies),
            settings: NotificationSettings(
                shopName: settings.shopName, senderAddress: settings.mailFrom, storeURL: settings.publicURL,
                links: dependencies.orderLinks()),
            logger: dependencies.logger)
    }

    private static func transport(_ dependencies: ServiceDependencies) throws -> any MailTransport {
        let settings = dependencies.settings
        guard let host = settings.smtpHost else { return FileMailTransport(folder: try dependencies.folder().mail) }
        return SMTPMailTransport(
            settings: SMTPSettings(
                host: host, port: settings.smtpPort, user: settings.smtpUser, password: settings.smtpPassword,
                tls: settings.smtpTLS))
    }

    static func background(of notifications: NotificationService, logger: Logger) -> [any ServiceLifecycle.Service] {
        notifications.backgroundServices
    }

    static func checks(of notifications: NotificationService) -> [CorrectnessCheck] { notifications.checks }
}

extension OneProcess {
    var notifications: NotificationService {
        get async throws { try await composition.instance(of: NotificationModule.self) }
    }
}
