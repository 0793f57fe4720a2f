import APIGateway
import AnalyticsContract
import AnalyticsIngestService
import AnalyticsService
import AuditContract
import AuditService
import AuthContract
import AuthService
import CartContract
import CartService
import Commerce
import EventContract
import EventLog
import Foundation
import Identity
import Logging
import NotificationService
import OfferContract
import OfferService
import OrderContract
import OrderService
import ProductContract
import ProductService
import SQL
import ServiceKit
import Storefront
import Web

/// Makes each service of what it needs. Whether the others are in this process or behind clients is the caller's choice.
struct Assembly: Sendable {
    let settings: Settings
    let engines: Engines
    let folder: @Sendable () throws -> DataFolder
    /// For short commands: warnings only.
    var quiet = false

    private func logger(_ service: String) -> Logger { settings.logger(service, quiet: quiet) }

    /// A secret of 32 bytes that all replicas share: of the service key, or of the data folder without one.
    func secret(_ name: String) throws -> [UInt8] {
        try engines.settings.derivedSecret(name) ?? folder().secret(name)
    }

    func accounts() async throws -> AuthService {
        try AuthService(
            database: await engines.database("auth", AuthService.migrations), log: engines.eventLog,
            settings: AuthSettings(
                issuer: settings.publicURL, hashesPerClient: settings.rateLimit ? AuthSettings().hashesPerClient : nil,
                failuresPerNetwork: settings.rateLimit ? AuthSettings().failuresPerNetwork : nil,
                digestKey: secret("login-digest")),
            logger: logger("auth-service"))
    }

    func products(changed: @escaping @Sendable (Set<ProductID>) -> Void = { _ in }) async throws -> ProductService {
        try ProductService(
            database: await engines.database("product", ProductService.migrations, readers: 4),
            log: engines.eventLog, logger: logger("product-service"), changed: changed)
    }

    /// Short commands price nothing: a file that stops the shop does not stop them.
    func offers() throws -> OfferService {
        let logger = logger("offer-service")
        return try quiet ? OfferService(rulesFile: nil, logger: logger) : folder().offers(logger: logger)
    }

    func carts(products: any Products, offers: any Offers) async throws -> CartService {
        try CartService(
            store: await engines.keyValueStore(), products: products, offers: offers,
            couponLimits: settings.rateLimit ? CouponLimits() : nil, digestKey: secret("client-networks"),
            logger: logger("cart-service"))
    }

    func orders(carts: any Carts, products: any Products, offers: any Offers) async throws -> OrderService {
        let acquirer = TestPaymentProvider(
            database: try await engines.database("test-payments", TestPaymentProvider.migrations),
            isOffered: settings.testPayments)
        return try OrderService(
            database: await engines.database("order", OrderService.migrations), carts: carts, products: products,
            offers: offers, providers: [acquirer], links: orderLinks(), log: engines.eventLog,
            settings: OrderSettings(paymentLimits: settings.rateLimit ? PaymentLimits() : nil), faults: .environment,
            logger: logger("order-service"))
    }

    func ingest() throws -> AnalyticsIngestService {
        try AnalyticsIngestService(log: engines.eventLog, logger: logger("analytics-ingest"))
    }

    func reports() async throws -> AnalyticsService {
        try AnalyticsService(
            database: await engines.database("analytics", AnalyticsService.migrations), log: engines.eventLog,
            logger: logger("analytics-service"))
    }

    func notifications() async throws -> NotificationService {
        try NotificationService(
            database: try await engines.database("notification", NotificationService.migrations),
            log: engines.eventLog, transport: try mailTransport(),
            settings: NotificationSettings(
                shopName: settings.shopName, senderAddress: settings.mailFrom, storeURL: settings.publicURL,
                links: orderLinks()),
            logger: logger("notification-service"))
    }

    /// Notification-service writes the links to guests' orders, order-service honours them; short commands do neither.
    private func orderLinks() throws -> LinkSigner? {
        try quiet ? nil : LinkSigner(secret: secret("order-links"))
    }

    private func mailTransport() throws -> any MailTransport {
        guard let host = settings.smtpHost else { return FileMailTransport(folder: try folder().mail) }
        return SMTPMailTransport(
            settings: SMTPSettings(
                host: host, port: settings.smtpPort, user: settings.smtpUser, password: settings.smtpPassword,
                tls: settings.smtpTLS))
    }

    func audit() async throws -> AuditService {
        try AuditService(
            database: await engines.database("audit", AuditService.migrations), log: engines.eventLog,
            logger: logger("audit-service"))
    }

    func verifier(of accounts: any Accounts) -> TokenVerifier {
        TokenVerifier(issuer: settings.publicURL, audience: AuthSettings().audience) {
            try await accounts.jsonWebKeySet()
        }
    }

    /// From the start on, so that not even the first customer waits for a key.
    func refreshing(_ verifier: TokenVerifier, logger: Logger) -> Periodic {
        Periodic(every: .seconds(60), "keys of access tokens", logger: logger) {
            try await verifier.refreshKeys()
        }
    }

    /// Several replicas of offer-service share the file of rules; also an editor may change it.
    func rereading(_ offers: OfferService, logger: Logger) -> Periodic {
        Periodic(every: .seconds(2), "price rules", logger: logger) { try await offers.reloadRules() }
    }

    var limiter: RateLimiter {
        RateLimiter(settings.rateLimit ? .standard : .off, shared: engines.sharedAllowances)
    }

    // MARK: Doors

    func gateway(
        accounts: any Accounts, products: any Products, carts: any Carts, offers: any Offers, orders: any Orders,
        ingest: any BehaviourIngest, reports: any Reports, audit: any AuditTrail, verifier: TokenVerifier,
        limiter: RateLimiter
    ) -> APIGateway {
        APIGateway(
            accounts: accounts, products: products, carts: carts, offers: offers, orders: orders, ingest: ingest,
            reports: reports, audit: audit, verifier: verifier, limiter: limiter, staffActions: recordStaffAction,
            publicURL: settings.publicURL, logger: logger("api-gateway"))
    }

    @Sendable private func recordStaffAction(
        action: String, subject: String, details: [String: String]
    ) async throws {
        let act = StaffAct(action, on: subject, details)
        try await record([act], by: CallContext.current.principal.name, source: "api-gateway")
    }

    /// Puts on record for the audit log what staff or an operator did; durable on return.
    func record(_ acts: [StaffAct], by actor: String, source: String) async throws {
        try await engines.eventLog.publish(
            acts.map { act in
                try Event(
                    StaffActed(actor: actor, action: act.action, subject: act.subject, details: act.details),
                    source: source)
            })
    }

    func storefront(
        accounts: any Accounts, products: any Products, carts: any Carts, orders: any Orders,
        ingest: any BehaviourIngest, verifier: TokenVerifier, limiter: RateLimiter
    ) throws -> Storefront {
        let folder = try folder()
        var profile = settings.profile
        if folder.demo != .absent { profile.wording = .demo(shopName: profile.name) }
        return try Storefront(
            accounts: accounts, products: products, carts: carts, orders: orders, ingest: ingest, verifier: verifier,
            limiter: limiter, mediaFolder: folder.media, profile: profile, publicURL: settings.publicURL,
            cookieSecret: secret("storefront"), replicas: engines.sharedStore, secureCookies: settings.isSecure,
            logger: logger("storefront"))
    }

    /// Gateway, storefront or both behind the middleware of the public doors.
    func doors(
        _ service: String, gateway: APIGateway? = nil, storefront: Storefront? = nil, drain: Drain
    ) -> APIRouter {
        let logger = logger(service)
        var router = APIRouter()
        router.add(
            middleware: RequestScope(service: service, logger: logger, trustedProxies: settings.trustedProxies))
        router.add(middleware: ClosingConnections(drain))
        router.add(middleware: SecurityHeaders())
        if settings.isSecure { router.add(middleware: StrictTransport()) }
        router.add(middleware: ProblemErrors(logger: logger))
        router.add(middleware: HostHeader())
        router.add(middleware: BodyLimit())
        if let gateway { router.add(middleware: gateway.cachedResponses) }
        router.add(middleware: Deadline())
        if let storefront { router.add(middleware: storefront.unknownPages) }
        gateway?.addRoutes(to: &router)
        storefront?.addRoutes(to: &router)
        router.finish()
        return router
    }
}

/// What a member of the staff or an operator does, as the audit log keeps it: without personal data.
struct StaffAct: Sendable {
    let action: String
    let subject: String
    let details: [String: String]

    init(_ action: String, on subject: String, _ details: [String: String] = [:]) {
        self.action = action
        self.subject = subject
        self.details = details
    }
}

extension Settings {
    /// - Parameter quiet: For short commands: warnings only.
    func logger(_ label: String, quiet: Bool = false) -> Logger {
        var logger = Logger(label: label)
        logger.logLevel = quiet ? .warning : logLevel
        return logger
    }

    /// Whether customers come by HTTPS.
    var isSecure: Bool { publicURL.hasPrefix("https:") }
}
