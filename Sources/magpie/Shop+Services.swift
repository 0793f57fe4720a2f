import APIGateway
import AnalyticsService
import AuditService
import AuthService
import Background
import EventLog
import Foundation
import Hummingbird
import Identity
import KeyValue
import NotificationService
import Observability
import OrderService
import ProductService
import SQL
import SQLiteDriver
import ServiceLifecycle
import Storefront
import Web

extension Shop {
    /// Everything that runs, in dependency order: what stops last comes first.
    func services(registry: PrometheusRegistry, onReady: @escaping @Sendable () -> Void) throws -> [any ServiceLifecycle
        .Service]
    {
        let drain = Drain()
        let checks = databases.map { name, database in
            ReadinessCheck(name: name) { _ = try await database.read { tx in try tx.query("SELECT 1 AS alive") } }
        }
        let disk = ReadinessCheck(name: "disk") { [folder] in try folder.checkWritable() }.cached(for: .seconds(5))
        let operations = operationsApplication(
            port: settings.operationsPort, host: settings.operationsHost, checks: checks + [disk, drain.check],
            registry: registry, logger: logger)
        let background: [any ServiceLifecycle.Service] =
            accounts.backgroundServices + products.backgroundServices + orders.backgroundServices
            + [
                Periodic(every: .seconds(600), "expired carts", logger: logger, body: cartStore.removeExpired),
                Periodic(every: .seconds(3_600), "old events", logger: logger, body: eventLog.removeExpired),
            ]
            + notifications.backgroundServices + audit.backgroundServices + reports.backgroundServices
        return [operations] + background + [try shopApplication(onReady: onReady), drain]
    }

    /// api-gateway and storefront on one port.
    private func shopApplication(onReady: @escaping @Sendable () -> Void) throws -> some ServiceLifecycle.Service {
        let limiter = RateLimiter(settings.rateLimit ? .standard : .off)
        let gateway = APIGateway(
            accounts: accounts, products: products, carts: carts, offers: offers, orders: orders, ingest: ingest,
            reports: reports, audit: audit, verifier: verifier,
            limiter: limiter, staffActions: recordStaffAction,
            publicURL: settings.publicURL, logger: logger)
        catalogueChanges.listen(gateway.catalogueChanged)
        let isSecure = settings.publicURL.hasPrefix("https:")
        var profile = settings.profile
        if folder.demo != .absent { profile.wording = .demo(shopName: profile.name) }
        let storefront = try Storefront(
            accounts: accounts, products: products, carts: carts, orders: orders, ingest: ingest, verifier: verifier,
            limiter: limiter, mediaFolder: folder.media, profile: profile, publicURL: settings.publicURL,
            cookieSecret: folder.secret("storefront"), secureCookies: isSecure,
            logger: logger)
        var router = APIRouter()
        router.add(
            middleware: RequestScope(service: "api-gateway", logger: logger, trustedProxies: settings.trustedProxies))
        router.add(middleware: SecurityHeaders())
        if isSecure { router.add(middleware: StrictTransport()) }
        router.add(middleware: ProblemErrors(logger: logger))
        router.add(middleware: HostHeader())
        router.add(middleware: BodyLimit())
        router.add(middleware: gateway.readyAnswers)
        router.add(middleware: Deadline())
        router.add(middleware: storefront.unknownPages)
        gateway.addRoutes(to: &router)
        storefront.addRoutes(to: &router)
        router.finish()
        return webApplication(
            router: router, host: settings.host, port: settings.port, maximumConnections: ProcessLimits.raise(),
            logger: logger,
            onServerRunning: { _ in onReady() })
    }
}
