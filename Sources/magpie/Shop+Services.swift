import APIGateway
import AnalyticsService
import AuditService
import AuthService
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
        let checks = databases.map { name, database in
            ReadinessCheck(name: name) { _ = try await database.read { tx in try tx.query("SELECT 1 AS alive") } }
        }
        let operations = operationsApplication(
            port: settings.operationsPort, host: settings.host, checks: checks, registry: registry, logger: logger)
        let background: [any ServiceLifecycle.Service] =
            accounts.backgroundServices + products.backgroundServices + orders.backgroundServices
            + [ExpirySweeper(store: cartStore, logger: logger)]
            + notifications.backgroundServices + audit.backgroundServices + reports.backgroundServices
        return [operations] + background + [try shopApplication(onReady: onReady)]
    }

    /// api-gateway and storefront on one port.
    private func shopApplication(onReady: @escaping @Sendable () -> Void) throws -> some ServiceLifecycle.Service {
        let gateway = APIGateway(
            accounts: accounts, products: products, carts: carts, offers: offers, orders: orders, ingest: ingest,
            reports: reports, audit: audit, verifier: verifier,
            rateLimit: settings.rateLimit ? .standard : .off, staffActions: recordStaffAction,
            publicURL: settings.publicURL, logger: logger)
        let storefront = try Storefront(
            accounts: accounts, products: products, carts: carts, orders: orders, ingest: ingest, verifier: verifier,
            mediaFolder: folder.media, shopName: settings.shopName, publicURL: settings.publicURL,
            cookieSecret: folder.secret("storefront"), secureCookies: settings.publicURL.hasPrefix("https:"),
            logger: logger)
        var router = APIRouter()
        router.add(middleware: RequestScope(service: "api-gateway", logger: logger))
        router.add(middleware: SecurityHeaders())
        router.add(middleware: ProblemErrors(logger: logger))
        router.add(middleware: BodyLimit())
        router.add(middleware: Deadline())
        router.add(middleware: storefront.unknownPages)
        gateway.addRoutes(to: &router)
        router.finish()
        storefront.addRoutes(to: router.router)
        return webApplication(
            router: router, host: settings.host, port: settings.port, logger: logger,
            onServerRunning: { _ in onReady() })
    }
}
