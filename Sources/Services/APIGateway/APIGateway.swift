package import AnalyticsContract
package import AuditContract
package import AuthContract
package import CartContract
package import Commerce
package import Identity
package import Logging
package import OfferContract
package import OrderContract
package import ProductContract
import ServiceKit
package import Web

/// The public HTTP API under `/api/v1`, with its description and the signing keys at their well-known places.
///
/// It owns nothing: it decodes requests, calls the services' contracts and encodes their answers.
package struct APIGateway: Sendable {
    private let accounts: any Accounts
    private let products: any Products
    private let carts: any Carts
    private let offers: any Offers
    private let orders: any Orders
    private let ingest: any BehaviourIngest
    private let reports: any Reports
    private let audit: any AuditTrail
    private let record: StaffRecord
    private let door: Door
    private let cache = ReadyMadeCache()
    private let productLifetime: Duration
    private let publicURL: String
    private let logger: Logger

    /// - Parameters:
    ///   - staffActions: Puts what staff did on durable record, for the audit log: action, subject, details.
    ///   - productLifetime: How long a product's finished answer is good without asking the catalogue for its version:
    ///     what ``catalogueChanged(_:)`` is not told of shows that late.
    ///   - publicURL: Where clients find this server; also the issuer of its tokens.
    package init(
        accounts: any Accounts, products: any Products, carts: any Carts, offers: any Offers, orders: any Orders,
        ingest: any BehaviourIngest, reports: any Reports, audit: any AuditTrail,
        verifier: TokenVerifier, limiter: RateLimiter,
        staffActions:
            @escaping @Sendable (
                _ action: String, _ subject: String, _ details: [String: String]
            ) async throws -> Void,
        publicURL: String, productLifetime: Duration = .seconds(1), logger: Logger
    ) {
        self.accounts = accounts
        self.products = products
        self.carts = carts
        self.offers = offers
        self.orders = orders
        self.ingest = ingest
        self.reports = reports
        self.audit = audit
        self.publicURL = publicURL
        self.productLifetime = productLifetime
        self.logger = logger
        record = StaffRecord(write: staffActions)
        door = Door(limiter: limiter, verifier: verifier)
    }

    /// Registers every route of the API. Tracing, error answers, limits and headers are the router's middleware's.
    package func addRoutes(to router: inout APIRouter) {
        var table = RouteTable(router, door: door)
        AccountRoutes(accounts: accounts).add(to: &table)
        CatalogueRoutes(products: products, cache: cache, productLifetime: productLifetime).add(to: &table)
        CartRoutes(carts: carts).add(to: &table)
        OrderRoutes(orders: orders, cache: cache).add(to: &table)
        EventRoutes(ingest: ingest, limiter: door.limiter).add(to: &table)
        ProductAdminRoutes(products: products, cache: cache, record: record).add(to: &table)
        InventoryAdminRoutes(products: products, cache: cache, record: record).add(to: &table)
        OfferAdminRoutes(offers: offers, record: record).add(to: &table)
        OrderAdminRoutes(orders: orders, cache: cache, record: record).add(to: &table)
        InsightRoutes(accounts: accounts, audit: audit, reports: reports, record: record).add(to: &table)
        DocumentRoutes(accounts: accounts, publicURL: publicURL, logger: logger).add(to: &table)
        router = table.router
    }

    /// Add it in front of the middleware that watches deadlines.
    package var readyAnswers: ReadyAnswers { ReadyAnswers(cache: cache, limiter: door.limiter) }

    /// Drops the cached answers these products stand in: the catalogue or its stock has changed.
    package func catalogueChanged(_ products: Set<ProductID>) { cache.remove(products) }
}
