import CartContract
import CartService
import Commerce
import DemoCatalogue
import KeyValue
import OfferContract
import OfferService
import ProductContract
import SQL
import ServiceKit
import TestSupport

/// A catalogue of fixed variants; everything a cart does not need fails.
struct FixedProducts: Products {
    var details: [VariantID: VariantDetail]
    var currency = Result<Currency?, ServiceError>.success(.usd)

    init(_ details: [VariantDetail]) {
        self.details = Dictionary(details.map { ($0.variant.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    func variants(_ ids: [VariantID]) async throws -> [VariantDetail] { ids.compactMap { details[$0] } }

    func shopCurrency() async throws -> Currency? { try currency.get() }

    func products(_ query: ProductQuery) async throws -> ProductPage { throw unexpected }
    func product(_ idOrHandle: String) async throws -> Product { throw unexpected }
    func categories() async throws -> [ProductContract.Category] { throw unexpected }
    func reserve(_ reservation: StockReservation) async throws { throw unexpected }
    func commitReservation(for order: OrderID) async throws { throw unexpected }
    func releaseReservation(for order: OrderID) async throws { throw unexpected }
    func restock(order: OrderID) async throws { throw unexpected }
    func create(_ draft: ProductDraft) async throws -> Outcome<Product> { throw unexpected }
    func update(_ idOrHandle: String, _ change: ProductChange) async throws -> Product { throw unexpected }
    func save(_ draft: ProductDraft) async throws -> SaveResult { throw unexpected }
    func currencies(of handles: [String]) async throws -> [String: Currency] { throw unexpected }
    func archive(_ idOrHandle: String) async throws { throw unexpected }
    func adjustStock(_ adjustment: StockAdjustment) async throws -> Outcome<StockLevel> { throw unexpected }
    func stockLevels(page: PageRequest) async throws -> Page<StockLevel> { throw unexpected }
    func stockMovements(_ variant: VariantID, page: PageRequest) async throws -> Page<StockMovement> {
        throw unexpected
    }

    private var unexpected: ServiceError {
        ServiceError(.internal, code: "unexpected_call", "A cart does not need this.")
    }
}

func variant(
    _ price: Int64 = 1_000, stock: Int? = nil, currency: Currency = .usd, published: Bool = true
) -> VariantDetail {
    let variant = Variant(
        id: VariantID(), sku: "sku", title: "Plain", options: [:], price: Money(price, currency), compareAtPrice: nil,
        available: stock != 0, inventoryQuantity: stock)
    return VariantDetail(
        variant: variant, productID: ProductID(), productHandle: "mug", productTitle: "Mug", category: nil, tags: [],
        imageURL: nil, published: published)
}

/// A cart service on a real store with these variants, the rules of the demo and a clock of its own.
func withCarts<Value>(
    _ variants: [VariantDetail] = [], couponLimits: AttemptLimits? = .coupons,
    isolation: isolated (any Actor)? = #isolation,
    _ body: (CartService, TestClock) async throws -> Value
) async throws -> Value {
    try await withCarts(of: FixedProducts(variants), couponLimits: couponLimits, body)
}

func withCarts<Value>(
    of products: any Products, couponLimits: AttemptLimits? = .coupons,
    isolation: isolated (any Actor)? = #isolation,
    _ body: (CartService, TestClock) async throws -> Value
) async throws -> Value {
    try await withCartsAndStore(of: products, couponLimits: couponLimits) { carts, time, _ in
        try await body(carts, time)
    }
}

/// The same with the database of its store.
func withCartsAndStore<Value>(
    of products: any Products, couponLimits: AttemptLimits? = .coupons,
    isolation: isolated (any Actor)? = #isolation,
    _ body: (CartService, TestClock, any Database) async throws -> Value
) async throws -> Value {
    try await withDatabase(EmbeddedKeyValueStore.migrations) { database in
        let time = TestClock()
        let carts = try await cartService(of: products, couponLimits: couponLimits, time: time, database: database)
        return try await body(carts, time, database)
    }
}

/// One of the processes that share a store.
func cartService(
    of products: any Products, couponLimits: AttemptLimits?, time: TestClock, database: any Database,
    metrics: RecordedMetrics = RecordedMetrics()
) async throws -> CartService {
    let offers = try OfferService(rulesFile: nil, clock: time.clock, logger: quiet)
    try await calling(as: .system("test")) { try await offers.replaceRules(try DemoCatalogue.offers()) }
    return CartService(
        store: EmbeddedKeyValueStore(database: database, clock: time.clock), products: products, offers: offers,
        couponLimits: couponLimits, digestKey: Array(repeating: 1, count: 32), clock: time.clock,
        metrics: metrics.factory, logger: quiet)
}

/// The fields named by the `ServiceError` the body throws.
func fields<Value>(
    isolation: isolated (any Actor)? = #isolation, _ body: () async throws -> Value
) async -> [String] {
    do {
        _ = try await body()
        return []
    } catch {
        return (error as? ServiceError)?.fields.map(\.field) ?? []
    }
}
