import Commerce
import Logging
import ProductContract
import ServiceKit
import Synchronization

/// What nearly every page shows of the catalogue, cached for a few seconds.
///
/// While the catalogue is unavailable, the last content is shown: an old navigation is better than none.
final class CatalogueCache: Sendable {
    private struct Content {
        var categories: [Category] = []
        var newest: [Product] = []
        var currency: Currency?
        /// nil before the first load.
        var loadedAt: ContinuousClock.Instant?
    }
    private static let lifetime = Duration.seconds(10)
    /// For a category that is not cached: requests for unknown addresses load the catalogue once a second at most.
    private static let retryInterval = Duration.seconds(1)

    private let products: any Products
    private let logger: Logger
    private let content = Mutex(Content())

    init(products: any Products, logger: Logger) {
        self.products = products
        self.logger = logger
    }

    /// The tree's top.
    func categories() async -> [Category] { await current().categories }

    /// Up to 100 products, the newest first.
    func newest() async -> [Product] { await current().newest }

    /// The shop's currency; nil while it has neither a setting nor a product, or the catalogue was never reached.
    func currency() async -> Currency? { await current().currency }

    /// The categories from the top of the tree to the one of this handle.
    func path(to handle: String) async -> [Category]? {
        if let found = Category.path(to: handle, in: await categories()) { return found }
        return Category.path(to: handle, in: await current(notBefore: Self.retryInterval).categories)
    }

    /// The titles of all categories, by handle.
    func titles() async -> [String: String] {
        func collect(_ list: [Category]) -> [(String, String)] {
            list.flatMap { [($0.handle, $0.title)] + collect($0.children) }
        }
        return Dictionary(collect(await categories())) { first, _ in first }
    }

    private func current(notBefore age: Duration = lifetime) async -> Content {
        let old = content.withLock { $0 }
        if let loadedAt = old.loadedAt, loadedAt + age > .now { return old }
        var fresh = old
        fresh.loadedAt = .now
        do {
            var query = ProductQuery()
            query.sort = .newest
            query.limit = 100
            fresh.newest = try await products.products(query).items
            fresh.categories = try await products.categories()
            // During an update, a catalogue service of the previous version does not know this call.
            fresh.currency = (try? await products.shopCurrency()) ?? old.currency
        } catch {
            logger.warning(
                "Catalogue is unavailable, pages show cached content",
                metadata: ["error.code": "\(ServiceError.code(of: error))"])
            // The deadline of this request may have passed: the next ones try again soon.
            fresh.loadedAt = .now - Self.lifetime + Self.retryInterval
        }
        content.withLock { [fresh] in $0 = fresh }
        return fresh
    }
}
