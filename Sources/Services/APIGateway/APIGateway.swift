package import AnalyticsContract
package import AuditContract
package import AuthContract
package import CartContract
package import Commerce
import Crypto
package import Identity
package import Logging
package import OfferContract
package import OrderContract
package import ProductContract
import ServiceKit
package import Web

/// The public HTTP API under `/api/v1`, with its description and the signing keys at their well-known places.
///
/// It owns nothing: it decodes requests, calls the services' contracts and encodes their results.
package struct APIGateway: Sendable {
    private let accounts: any Accounts
    private let products: any Products
    private let carts: any Carts
    private let offers: any Offers
    private let orders: any Orders
    private let ingest: any BehaviourIngest
    private let reports: any Reports
    private let audit: any AuditTrail
    private let staffLog: StaffActionLog
    private let access: RouteAccess
    private let cache = ResponseCache()
    private let productLifetime: Duration
    private let publicURL: String
    private let logger: Logger

    /// - Parameters:
    ///   - digestKey: The HMAC key of the digests that stand for guests' networks in what services store, at least 32 random
    ///     bytes; the same in every replica, so that each knows a guest's idempotency keys.
    ///   - staffActions: Records the actions of staff durably, for the audit log: action, subject, details.
    ///   - productLifetime: How long a product's cached response is valid without asking the catalogue for its version:
    ///     changes that ``catalogueChanged(_:)`` does not report show after that time.
    ///   - publicURL: Where clients find this server; also the issuer of its tokens.
    package init(
        accounts: any Accounts, products: any Products, carts: any Carts, offers: any Offers, orders: any Orders,
        ingest: any BehaviourIngest, reports: any Reports, audit: any AuditTrail,
        verifier: TokenVerifier, limiter: RateLimiter, digestKey: [UInt8],
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
        staffLog = StaffActionLog(write: staffActions)
        access = RouteAccess(limiter: limiter, verifier: verifier, guestDigest: KeyedDigest(key: digestKey))
    }

    /// Registers every route of the API. Tracing, error responses, limits and headers belong to the router's middleware.
    package func addRoutes(to router: inout APIRouter) {
        var table = RouteTable(router, access: access)
        AccountRoutes(accounts: accounts).add(to: &table)
        CatalogueRoutes(products: products, cache: cache, productLifetime: productLifetime).add(to: &table)
        CartRoutes(carts: carts).add(to: &table)
        OrderRoutes(orders: orders).add(to: &table)
        PaymentRoutes(orders: orders).add(to: &table)
        EventRoutes(ingest: ingest, limiter: access.limiter).add(to: &table)
        ProductAdminRoutes(products: products, cache: cache, staffLog: staffLog).add(to: &table)
        InventoryAdminRoutes(products: products, cache: cache, staffLog: staffLog).add(to: &table)
        OfferAdminRoutes(offers: offers, staffLog: staffLog).add(to: &table)
        OrderAdminRoutes(orders: orders, staffLog: staffLog).add(to: &table)
        InsightRoutes(accounts: accounts, audit: audit, reports: reports, staffLog: staffLog).add(to: &table)
        DocumentRoutes(accounts: accounts, publicURL: publicURL, logger: logger).add(to: &table)
        router = table.router
    }

    /// Add it in front of the middleware that watches deadlines.
    package var cachedResponses: CachedResponses { CachedResponses(cache: cache, limiter: access.limiter) }

    /// Drops the cached responses with these products: the catalogue or its stock has changed.
    package func catalogueChanged(_ products: Set<ProductID>) {
        cache.remove { products.contains($0.id) }
    }
}
