import APIGateway
import AnalyticsService
import AuditService
import AuthService
import Hummingbird
import NotificationService
import Observability
import OrderService
import ProductService
import ServiceLifecycle
import Storefront
import Web

extension Shop {
    /// Everything that runs, in dependency order: what stops last comes first.
    func services(registry: PrometheusRegistry, onReady: @escaping @Sendable () -> Void) throws -> [any ServiceLifecycle
        .Service]
    {
        let drain = Drain(notice: settings.drainNotice)
        let operations = operationsApplication(
            port: settings.operationsPort, host: settings.operationsHost,
            checks: engines.readinessChecks + [folder.readinessCheck, drain.check], registry: registry, logger: logger)
        let background: [any ServiceLifecycle.Service] =
            accounts.backgroundServices + products.backgroundServices + orders.backgroundServices
            + engines.backgroundServices()
            + notifications.backgroundServices + audit.backgroundServices + reports.backgroundServices
            + [assembly.refreshing(verifier, logger: logger), assembly.rereading(offers, logger: logger)]
        return [operations] + background + [try shopApplication(drain: drain, onReady: onReady), drain]
    }

    /// api-gateway and storefront on one port.
    private func shopApplication(
        drain: Drain, onReady: @escaping @Sendable () -> Void
    ) throws -> some ServiceLifecycle.Service {
        let limiter = assembly.limiter
        let gateway = assembly.gateway(
            accounts: accounts, products: products, carts: carts, offers: offers, orders: orders, ingest: ingest,
            reports: reports, audit: audit, verifier: verifier, limiter: limiter)
        catalogueChanges.listen(gateway.catalogueChanged)
        let storefront = try assembly.storefront(
            accounts: accounts, products: products, carts: carts, orders: orders, ingest: ingest, verifier: verifier,
            limiter: limiter)
        return webApplication(
            router: assembly.doors("api-gateway", gateway: gateway, storefront: storefront, drain: drain),
            host: settings.host,
            port: settings.port, maximumConnections: ProcessLimits.raise(), drain: drain, logger: logger,
            onServerRunning: { _ in onReady() })
    }
}
