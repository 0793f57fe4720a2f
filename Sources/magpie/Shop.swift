import APIGateway
import AnalyticsIngestService
import AnalyticsService
import AuditService
import AuthService
import Calls
import CartService
import Commerce
import EventContract
import EventLog
import Foundation
import Identity
import KeyValue
import Logging
import NotificationService
import OfferService
import OrderService
import ProductService
import SQL
import SQLiteDriver

/// The composition root of the one-process shape: every service on embedded storage, joined by method calls.
struct Shop: Sendable {
    let settings: Settings
    let folder: DataFolder
    let logger: Logger
    /// By the name of their file.
    let databases: [String: SQLiteDatabase]
    let eventLog: EmbeddedEventLog

    let accounts: AuthService
    let products: ProductService
    let catalogueChanges = CatalogueChanges()
    let offers: OfferService
    let cartStore: EmbeddedKeyValueStore
    let carts: CartService
    let orders: OrderService
    let ingest: AnalyticsIngestService
    let reports: AnalyticsService
    let notifications: NotificationService
    let audit: AuditService
    let verifier: TokenVerifier

    /// Opens the data folder, brings its schemas up to date and joins the services. Nothing runs yet.
    ///
    /// - Parameter quiet: For short commands: logs warnings only.
    init(settings: Settings, quiet: Bool = false) async throws {
        var logger = Logger(label: "magpie")
        logger.logLevel = quiet ? .warning : settings.logLevel
        self.settings = settings
        self.logger = logger
        let folder = try DataFolder(settings.data)
        self.folder = folder

        var databases: [String: SQLiteDatabase] = [:]
        func open(_ name: String, _ migrations: [Migration], readers: Int = 2) async throws -> SQLiteDatabase {
            let database = try await folder.database(name, migrations: migrations, readers: readers)
            databases[name] = database
            return database
        }
        func named(_ service: String) -> Logger {
            var logger = Logger(label: service)
            logger.logLevel = quiet ? .warning : settings.logLevel
            return logger
        }

        eventLog = EmbeddedEventLog(database: try await open("events", EmbeddedEventLog.migrations, readers: 4))
        accounts = AuthService(
            database: try await open("auth", AuthService.migrations), log: eventLog,
            settings: AuthSettings(
                issuer: settings.publicURL, hashesPerClient: settings.rateLimit ? AuthSettings().hashesPerClient : nil,
                digestKey: try folder.secret("login-digest")),
            logger: named("auth-service"))
        products = ProductService(
            database: try await open("product", ProductService.migrations, readers: 4), log: eventLog,
            logger: named("product-service"), changed: catalogueChanges.tell)
        // Short commands price nothing: a file that stops the shop does not stop them.
        offers =
            try quiet
            ? OfferService(rulesFile: nil, logger: named("offer-service"))
            : folder.offers(logger: named("offer-service"))
        cartStore = EmbeddedKeyValueStore(database: try await open("cart", EmbeddedKeyValueStore.migrations))
        carts = CartService(
            store: cartStore, products: products, offers: offers, logger: named("cart-service"))
        let acquirer = TestPaymentProvider(database: try await open("test-payments", TestPaymentProvider.migrations))
        orders = OrderService(
            database: try await open("order", OrderService.migrations), carts: carts, products: products,
            offers: offers, providers: [acquirer], log: eventLog, faults: .environment, logger: named("order-service"))
        ingest = AnalyticsIngestService(log: eventLog, logger: named("analytics-ingest"))
        reports = AnalyticsService(
            database: try await open("analytics", AnalyticsService.migrations), log: eventLog,
            logger: named("analytics-service"))
        notifications = try NotificationService(
            database: try await open("notification", NotificationService.migrations), log: eventLog,
            transport: try settings.mailTransport(folder: folder),
            settings: NotificationSettings(
                shopName: settings.shopName, senderAddress: settings.mailFrom, storeURL: settings.publicURL),
            logger: named("notification-service"))
        audit = AuditService(
            database: try await open("audit", AuditService.migrations), log: eventLog, logger: named("audit-service"))
        self.databases = databases
        let keys = accounts
        verifier = TokenVerifier(issuer: settings.publicURL, audience: AuthSettings().audience) {
            try await keys.jsonWebKeySet()
        }
    }

    /// Closes every database; their write-ahead logs are folded in. Throws the first failure, after trying them all.
    func close() throws {
        let results = databases.values.map { database in Result { try database.close() } }
        for result in results { try result.get() }
    }

    /// Tells the audit log what staff did; durable on return.
    @Sendable func recordStaffAction(action: String, subject: String, details: [String: String]) async throws {
        var message = Magpie_Events_V1_StaffActed()
        message.actor = CallContext.current.principal.name
        message.action = action
        message.subject = subject
        message.details = details
        try await eventLog.publish([
            try Event(message, source: "api-gateway", topic: .staff, key: message.actor)
        ])
    }
}

extension Settings {
    func mailTransport(folder: DataFolder) throws -> any MailTransport {
        guard let smtpHost else { return FileMailTransport(folder: folder.mail) }
        return SMTPMailTransport(
            settings: SMTPSettings(
                host: smtpHost, port: smtpPort, user: smtpUser, password: smtpPassword, tls: smtpTLS))
    }
}
