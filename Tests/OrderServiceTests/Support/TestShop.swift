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

/// A whole shop with one product: real services on real databases, and a clock that moves when told to.
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

    /// A process's own instance; several may share the databases.
    /// - Parameters:
    ///   - before: Happens before the payment provider does what it is asked.
    ///   - after: Happens before its answer arrives.
    func orders(
        offeringTestPayments: Bool = true, faults: FaultPoints = .none, providerDeadline: Duration = .seconds(5),
        clock: WallClock? = nil,
        offers: (any Offers)? = nil, limits: PaymentLimits? = nil,
        metrics: any MetricsFactory = NOOPMetricsHandler.instance,
        before: @escaping InterruptedProvider.Interruption = { _ in },
        after: @escaping InterruptedProvider.Interruption = { _ in }
    ) -> OrderService {
        let acquirer = TestPaymentProvider(
            database: paymentsDatabase, isOffered: offeringTestPayments, clock: time.clock, slowness: .seconds(60))
        let settings = OrderSettings(
            providerDeadline: providerDeadline, callDeadline: .seconds(30), lease: .seconds(30),
            paymentLimits: limits)
        return OrderService(
            database: ordersDatabase, carts: carts, products: products, offers: offers ?? self.offers,
            providers: [InterruptedProvider(acquirer: acquirer, before: before, after: after)], links: Self.links,
            settings: settings, faults: faults, clock: clock ?? time.clock, metrics: metrics, logger: logger)
    }

    /// A cart that is ready to be ordered, and was looked at.
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

    /// Money that is set aside, taken and given back, in minor units, by the acquirer's books.
    func money() async throws -> (held: Int64, taken: Int64, returned: Int64) {
        try await paymentsDatabase.read { tx in
            let row = try tx.first(
                """
                SELECT COALESCE(SUM(CASE WHEN state = 'authorised' THEN amount ELSE 0 END), 0) AS held,
                    COALESCE(SUM(captured), 0) AS taken, COALESCE(SUM(refunded), 0) AS returned FROM test_payments
                """)
            return (try row?.int64("held") ?? 0, try row?.int64("taken") ?? 0, try row?.int64("returned") ?? 0)
        }
    }

    /// What the events of this type say, oldest first, as JSON.
    func details(of type: String) async throws -> [String] {
        try await ordersDatabase.read { tx in
            try tx.query("SELECT type, data FROM outbox ORDER BY position")
                .filter { try $0.string("type").hasSuffix(".\(type)") }.map { try $0.string("data") }
        }
    }

    /// The successor of a dead process: its lease is long over.
    func recover() async throws {
        for _ in 0..<3 {
            time.advance(by: .seconds(120))
            try await orders().reconcileOnce()
        }
        let left = try await orders().reconcileOnce()
        #expect(left == 0, "something is left to do")
    }

    /// The types of the events that wait in the outbox, oldest first, payments with their status.
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

extension FaultPoints {
    /// The process dies when it gets there.
    static func dying(at point: String) -> FaultPoints {
        FaultPoints { name in
            if name == point { throw SimulatedCrash() }
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

func calling<Value>(
    as principal: Principal = .anonymous, key: String? = nil, hash: String = "hash",
    isolation: isolated (any Actor)? = #isolation, _ body: () async throws -> Value
) async throws -> Value {
    let idempotency = key.map { IdempotencyKey(caller: principal.name, key: $0, requestHash: hash) }
    return try await CallContext(principal: principal, idempotency: idempotency).run(body)
}

/// The code of the `ServiceError` the body throws, or another error's name; nil when it throws none.
func code<Value>(
    isolation: isolated (any Actor)? = #isolation, _ body: () async throws -> Value
) async -> String? {
    do {
        _ = try await body()
        return nil
    } catch let error as ServiceError {
        return error.code
    } catch {
        return "\(error)"
    }
}

/// The `ServiceError` the body throws.
func serviceError<Value>(
    isolation: isolated (any Actor)? = #isolation, _ body: () async throws -> Value
) async -> ServiceError? {
    do {
        _ = try await body()
        return nil
    } catch {
        return error as? ServiceError
    }
}

/// Expects this code. (A closure written inside `#expect` can take the place of another one of the same test: Swift
/// 6.3.1 gives both one symbol. So none is.)
func expect<Value>(
    _ expected: String?, isolation: isolated (any Actor)? = #isolation, at location: SourceLocation = #_sourceLocation,
    _ body: () async throws -> Value
) async {
    let found = await code(body)
    #expect(found == expected, sourceLocation: location)
}

extension OrderService {
    func buy(
        _ cart: CartID, token: String = "tok_success", key: String? = nil, as principal: Principal = .anonymous,
        hash: String? = nil
    ) async throws -> Outcome<Order> {
        try await calling(as: principal, key: key ?? "buy-\(cart)", hash: hash ?? "buy \(cart) \(token)") {
            try await place(cart, payment: PaymentInstruction(provider: "test", token: token))
        }
    }
}
