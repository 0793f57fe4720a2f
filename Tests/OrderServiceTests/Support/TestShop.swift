import AuthContract
import CartContract
import CartService
import Commerce
import CoreMetrics
import DemoCatalogue
import EventLog
import Identity
import KeyValue
import Logging
import OfferContract
import OfferService
import OrderContract
import OrderService
import ProductContract
import ProductService
import SQL
import ServiceKit
import TestSupport
import Testing

/// A shop with one product: real services on real databases, and a clock that the test advances.
struct TestShop {
    let products: any Products
    let carts: any Carts
    let offers: any Offers
    let variant: VariantID
    let ordersDatabase: any Database
    let paymentsDatabase: any Database
    let time: TestClock
    let logger: Logger

    static let address = Address(
        name: "Ada Lovelace", line1: "1 Engine Way", city: "Austin", region: "TX", postalCode: "78701", country: "US")
    static let links = LinkSigner(secret: Array(repeating: 1, count: 32))
    static let staff = Principal.staff(CustomerID(), permissions: Set(Permission.allCases))

    /// A new instance of the order service. Several instances may share the databases.
    /// - Parameters:
    ///   - before: Runs before each call of the payment provider.
    ///   - after: Runs after each call of the payment provider, before its response arrives.
    func orders(
        offeringTestPayments: Bool = true, faults: FaultPoints = .none, providerDeadline: Duration = .seconds(5),
        clock: WallClock? = nil,
        offers: (any Offers)? = nil, limits: AttemptLimits? = nil,
        metrics: any MetricsFactory = NOOPMetricsHandler.instance,
        before: @escaping InterruptedProvider.Interruption = { _ in },
        after: @escaping InterruptedProvider.Interruption = { _ in }
    ) -> OrderService {
        let provider = TestPaymentProvider(
            database: paymentsDatabase, isOffered: offeringTestPayments, clock: time.clock, slowness: .seconds(60))
        let settings = OrderSettings(
            providerDeadline: providerDeadline, callDeadline: .seconds(30), lease: .seconds(30),
            paymentLimits: limits)
        return OrderService(
            database: ordersDatabase, carts: carts, products: products, offers: offers ?? self.offers,
            providers: [InterruptedProvider(provider: provider, before: before, after: after)], links: Self.links,
            settings: settings, faults: faults, clock: clock ?? time.clock, metrics: metrics, logger: logger)
    }

    /// A cart that is ready for checkout and whose total has been shown.
    func cart(_ quantity: Int = 1, email: String = "ada@example.com", coupon: String? = nil) async throws -> CartID {
        let cart = try await carts.create(currency: "USD").value.id
        _ = try await carts.addLine(to: cart, variant: variant, quantity: quantity)
        _ = try await carts.update(
            cart, CartChange(email: email, shippingAddress: Self.address, shippingOptionID: "standard"))
        if let coupon { _ = try await carts.applyCoupon(coupon, to: cart) }
        _ = try await carts.cart(cart)
        return cart
    }

    func stock() async throws -> StockLevel? {
        try await calling(as: Self.staff) {
            try await products.stockLevels(page: PageRequest(cursor: nil, limit: 10)).items.first
        }
    }

    func allOrders() async throws -> [Order] {
        var query = OrderQuery()
        query.page.limit = 100
        return try await calling(as: Self.staff) { [query] in try await orders().orders(query).items }
    }

    /// The authorised, captured and refunded amounts in minor units, by the provider's record.
    func money() async throws -> (authorised: Int64, captured: Int64, refunded: Int64) {
        try await paymentsDatabase.read { tx in
            let row = try tx.first(
                """
                SELECT COALESCE(SUM(CASE WHEN state = 'authorised' THEN amount ELSE 0 END), 0) AS authorised,
                    COALESCE(SUM(captured), 0) AS captured, COALESCE(SUM(refunded), 0) AS refunded FROM test_payments
                """)
            return (try row?.int64("authorised") ?? 0, try row?.int64("captured") ?? 0, try row?.int64("refunded") ?? 0)
        }
    }

    /// The data of the events of this type, oldest first, as JSON.
    func details(of type: String) async throws -> [String] {
        try await ordersDatabase.read { tx in
            try tx.query("SELECT type, data FROM outbox ORDER BY position")
                .filter { try $0.string("type").hasSuffix(".\(type)") }.map { try $0.string("data") }
        }
    }

    /// Reconciles as another process does after a crash, when the leases have expired.
    func recover() async throws {
        for _ in 0..<3 {
            time.advance(by: .seconds(120))
            try await orders().reconcileOnce()
        }
        let left = try await orders().reconcileOnce()
        #expect(left == 0, "some work is left")
    }

    /// The types of the events in the outbox, oldest first, payments with their status.
    func events() async throws -> [String] {
        try await ordersDatabase.read { tx in
            try tx.query("SELECT type, data FROM outbox ORDER BY position").map { row in
                let type = try row.string("type").split(separator: ".").last.map(String.init) ?? ""
                let data = try row.string("data")
                let states = ["authorized", "captured", "voided", "refunded", "failed"]
                let status = states.first { data.contains("\"status\":\"\($0)\"") }
                return status.map { "\(type) \($0)" } ?? type
            }
        }
    }
}

func withShop(
    stock: Int = 10, isolation: isolated (any Actor)? = #isolation, _ body: (TestShop) async throws -> Void
) async throws {
    let time = TestClock(Instant(milliseconds: 1_795_000_000_000))
    let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    try await withEventLog { log in
        try await withDatabase(ProductService.migrations) { productsDatabase in
            try await withDatabase(EmbeddedKeyValueStore.migrations) { cartsDatabase in
                try await withDatabase(OrderService.migrations) { ordersDatabase in
                    try await withDatabase(TestPaymentProvider.migrations) { paymentsDatabase in
                        let products = ProductService(
                            database: productsDatabase, log: log, clock: time.clock, logger: logger)
                        let draft = ProductDraft(
                            handle: "mug", title: "Mug",
                            variants: [
                                .init(
                                    sku: "MUG", optionValues: [], price: Money(2_000, .usd), inventoryQuantity: stock)
                            ])
                        let mug = try await calling(as: TestShop.staff) { try await products.create(draft).value }
                        let variant = mug.variants.first?.id ?? VariantID()
                        let offers = try OfferService(rulesFile: nil, clock: time.clock, logger: logger)
                        try await calling(as: .system("test")) {
                            try await offers.replaceRules(try DemoCatalogue.offers())
                        }
                        let store = EmbeddedKeyValueStore(database: cartsDatabase, clock: time.clock)
                        let carts = CartService(
                            store: store, products: products, offers: offers, clock: time.clock, logger: logger)
                        try await body(
                            TestShop(
                                products: products, carts: carts, offers: offers, variant: variant,
                                ordersDatabase: ordersDatabase, paymentsDatabase: paymentsDatabase, time: time,
                                logger: logger))
                    }
                }
            }
        }
    }
}
