import Commerce
import Logging
import ProductContract
import ServiceKit
import Synchronization

/// What nearly every page shows of the catalogue, remembered for a few seconds.
///
/// When the catalogue does not answer, the last answer stays in the window: an old navigation is better than none.
final class ShopWindow: Sendable {
    private struct Display {
        var categories: [Category] = []
        var newest: [Product] = []
        var currency: Currency?
        /// Nil before the first look.
        var seen: ContinuousClock.Instant?
    }
    private static let lifetime = Duration.seconds(10)
    /// Whoever asks for what is not there gets another look, though made-up addresses do not cause many.
    private static let secondLook = Duration.seconds(1)

    private let products: any Products
    private let logger: Logger
    private let display = Mutex(Display())

    init(products: any Products, logger: Logger) {
        self.products = products
        self.logger = logger
    }

    /// The tree's top.
    func categories() async -> [Category] { await current().categories }

    /// Up to 100 products, the newest first.
    func newest() async -> [Product] { await current().newest }

    /// What the shop sells in; nil while it has neither a setting nor a product, or the catalogue never answered.
    func currency() async -> Currency? { await current().currency }

    /// The category and the one above it.
    func category(_ handle: String) async -> (category: Category, parent: Category?)? {
        func search(_ list: [Category], _ parent: Category?) -> (Category, Category?)? {
            for category in list {
                if category.handle == handle { return (category, parent) }
                if let found = search(category.children, category) { return found }
            }
            return nil
        }
        if let found = search(await categories(), nil) { return found }
        return search(await current(notBefore: Self.secondLook).categories, nil)
    }

    /// The titles of all categories, by handle.
    func titles() async -> [String: String] {
        func collect(_ list: [Category]) -> [(String, String)] {
            list.flatMap { [($0.handle, $0.title)] + collect($0.children) }
        }
        return Dictionary(collect(await categories())) { first, _ in first }
    }

    private func current(notBefore age: Duration = lifetime) async -> Display {
        let old = display.withLock { $0 }
        if let seen = old.seen, seen + age > .now { return old }
        var fresh = old
        fresh.seen = .now
        do {
            var query = ProductQuery()
            query.sort = .newest
            query.limit = 100
            fresh.newest = try await products.products(query).items
            fresh.categories = try await products.categories()
            // A catalogue of the version before knows none, while both run.
            fresh.currency = (try? await products.shopCurrency()) ?? old.currency
        } catch {
            logger.warning(
                "Catalogue does not answer, showing what was there", metadata: ["error.code": "\(Problems.code(error))"]
            )
            // Perhaps this visitor had no time left: the next ones look again soon.
            fresh.seen = .now - Self.lifetime + Self.secondLook
        }
        display.withLock { [fresh] in $0 = fresh }
        return fresh
    }
}

enum Problems {
    static func code(_ error: any Error) -> String { (error as? ServiceError)?.code ?? "unexpected" }
}
