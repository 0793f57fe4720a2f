package import AnalyticsContract
package import AuthContract
package import CartContract
package import Foundation
package import Identity
package import KeyValue
package import Logging
package import OrderContract
package import ProductContract
package import Web

/// The shop as web pages: rendered on the server, usable without JavaScript, one signed cookie.
///
/// It owns no data, except the renewed logins that replicas share for a minute. Prices, stock and identity come from the
/// services; they check what a browser sends.
package struct Storefront: Sendable {
    private let accounts: any Accounts
    private let products: any Products
    private let carts: any Carts
    private let orders: any Orders
    private let behaviour: BehaviourClient
    private let catalogue: CatalogueCache
    private let files: StaticFiles
    private let renderer: PageRenderer
    private let pipeline: PagePipeline

    /// - Parameters:
    ///   - limiter: The same as the API's, where both are in one process.
    ///   - mediaFolder: Its files are served at `/media/<name>`; it may be empty or missing.
    ///   - publicURL: Where customers find the shop, without a slash at its end.
    ///   - cookieSecret: The HMAC key of the session cookie, at least 32 random bytes, the same in every replica.
    ///   - replicas: What all replicas share; nil for one alone.
    ///   - secureCookies: True when the shop is reached by HTTPS only.
    ///
    /// Throws when a template or an asset is missing or malformed.
    package init(
        accounts: any Accounts, products: any Products, carts: any Carts, orders: any Orders,
        ingest: any BehaviourIngest, verifier: TokenVerifier, limiter: RateLimiter, mediaFolder: URL,
        profile: ShopProfile,
        publicURL: String, cookieSecret: [UInt8], replicas: (any KeyValueStore)? = nil, secureCookies: Bool,
        logger: Logger
    ) throws {
        self.accounts = accounts
        self.products = products
        self.carts = carts
        self.orders = orders
        let resources = try Resources.folder()
        files = try StaticFiles(assets: resources.appending(path: "assets"), media: mediaFolder)
        catalogue = CatalogueCache(products: products, logger: logger)
        behaviour = BehaviourClient(ingest: ingest, logger: logger)
        let frame = PageFrame(
            profile: profile, publicURL: publicURL.hasSuffix("/") ? String(publicURL.dropLast()) : publicURL,
            templates: try Resources.templates(), files: files)
        renderer = PageRenderer(frame: frame, catalogue: catalogue)
        let shared = replicas.map { SharedRenewals(store: $0, secret: cookieSecret) }
        let renewal = RenewSession(shared: shared) { token in try await accounts.refresh(token) }
        pipeline = PagePipeline(
            limiter: limiter, cookie: SessionCookie(secret: cookieSecret, secure: secureCookies),
            authenticator: SessionAuthenticator(verifier: verifier, renewal: renewal), renderer: renderer,
            logger: logger)
    }

    /// The pages for unknown addresses and methods. Add it behind the middleware that responds to errors.
    package var unknownPages: UnknownPages { UnknownPages(pipeline: pipeline) }

    /// Adds every page. The router's middleware, ``unknownPages`` among it, comes first.
    package func addRoutes(to router: inout APIRouter) {
        var routes = PageRoutes(router, pipeline: pipeline)
        CatalogueRoutes(products: products, catalogue: catalogue, behaviour: behaviour, renderer: renderer)
            .add(to: &routes)
        CartRoutes(
            products: products, carts: carts, catalogue: catalogue, behaviour: behaviour, renderer: renderer
        ).add(to: &routes)
        CheckoutRoutes(
            accounts: accounts, carts: carts, orders: orders, behaviour: behaviour, renderer: renderer
        ).add(to: &routes)
        AccountRoutes(accounts: accounts, orders: orders, renderer: renderer).add(to: &routes)
        PasswordRoutes(accounts: accounts, renderer: renderer).add(to: &routes)
        OrderRoutes(orders: orders, behaviour: behaviour, renderer: renderer).add(to: &routes)
        FileRoutes(files: files).add(to: &routes)
        let sitemap = BuildSitemap(products: products, catalogue: catalogue, publicURL: renderer.frame.publicURL)
        RobotRoutes(buildSitemap: sitemap).add(to: &routes)
        router = routes.router
    }
}
