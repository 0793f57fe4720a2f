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
/// It owns no data, but for a minute what replicas tell each other of renewed logins. Prices, stock and identity come
/// from the services; what a browser sends is checked by them.
package struct Storefront: Sendable {
    let accounts: any Accounts
    let products: any Products
    let carts: any Carts
    let orders: any Orders
    let door: Door
    let visits: Visits
    let window: ShopWindow
    let files: FileShelf
    let publicURL: String

    /// - Parameters:
    ///   - limiter: The one the API's door has, where both are in one process.
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
        self.publicURL = publicURL.hasSuffix("/") ? String(publicURL.dropLast()) : publicURL
        let resources = try Resources.folder()
        files = try FileShelf(assets: resources.appending(path: "assets"), media: mediaFolder)
        window = ShopWindow(products: products, logger: logger)
        visits = Visits(ingest: ingest, logger: logger)
        let templates = try Templates(folder: resources.appending(path: "templates"))
        let frame = PageFrame(
            profile: profile, publicURL: self.publicURL, templates: templates, files: files, window: window)
        let shared = replicas.map { SharedRenewals(store: $0, secret: cookieSecret) }
        let renewal = TokenRenewal(shared: shared) { token in try await accounts.refresh(token) }
        door = Door(
            limiter: limiter,
            cookie: SessionCookie(secret: cookieSecret, secure: secureCookies),
            identification: Identification(verifier: verifier, renewal: renewal), frame: frame, visits: visits,
            logger: logger)
    }

    /// The pages for addresses nobody knows and methods they lack. Add it behind the middleware that answers errors.
    package var unknownPages: UnknownPages { UnknownPages(door: door) }

    /// Adds every page. The router's middleware, ``unknownPages`` among it, comes first.
    package func addRoutes(to router: inout APIRouter) {
        var routes = PageRoutes(router: router, door: door)
        addCatalogueRoutes(to: &routes)
        addCartRoutes(to: &routes)
        addCheckoutRoutes(to: &routes)
        addAccountRoutes(to: &routes)
        addPasswordRoutes(to: &routes)
        addOrderRoutes(to: &routes)
        addFileRoutes(to: &routes)
        addRobotRoutes(to: &routes)
        router = routes.router
    }
}

enum Resources {
    struct Missing: Error { let name: String }

    static func folder() throws -> URL {
        // Not `resourceURL`: on Linux Foundation takes the folder `Resources` for the root of an old-style bundle.
        let url = Bundle.module.bundleURL.appending(path: "Resources")
        guard FileManager.default.fileExists(atPath: url.path()) else { throw Missing(name: "Resources") }
        return url
    }
}
