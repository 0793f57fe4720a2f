package import CartContract
package import Commerce
package import KeyValue
package import Logging
package import OfferContract
package import ProductContract
package import ServiceKit

/// Carts: one document each in a key-value store, priced afresh by the offers whenever somebody looks.
///
/// Needs the catalogue and the offers; owns the keys `cart:…`, `idem:…` and `coupons:…` of its store.
package struct CartService: Carts {
    /// How long a cart lives after its last change.
    package static let lifetime = Duration.seconds(30 * 86_400)

    let carts: CartStore
    let view: CartView
    let products: any Products
    let offers: any Offers
    let clock: WallClock
    private let defaultCurrency: DefaultCurrency
    let couponTries: CouponTries?

    /// - Parameter couponLimits: Nil: codes may be wrong without end, as in load tests.
    package init(
        store: any KeyValueStore, products: any Products, offers: any Offers,
        couponLimits: CouponLimits? = CouponLimits(), clock: WallClock = .system, logger: Logger
    ) {
        let carts = CartStore(store: store, logger: logger)
        self.carts = carts
        couponTries = couponLimits.map { CouponTries(carts: carts, limits: $0, clock: clock) }
        self.view = CartView(products: products, offers: offers)
        self.products = products
        defaultCurrency = DefaultCurrency(products: products)
        self.offers = offers
        self.clock = clock
    }

    package func create(currency: String?) async throws -> Outcome<Cart> {
        let context = CallContext.current
        let now = clock.now()
        let chosen: Currency
        if let currency {
            guard let known = Currency(currency) else {
                throw ServiceError.invalid(
                    "currency", code: "unknown_currency", "must be an ISO 4217 code, such as USD")
            }
            chosen = known
        } else {
            chosen = try await defaultCurrency.current(at: now)
        }
        let id = CartID(at: now)
        let result = try await carts.change(id, once: context.idempotency) { _ in
            var document = CartDocument(id: id, currency: chosen, at: now)
            document.owner = context.principal.customerID
            document.lastShownTotal = .zero(chosen)
            var known: [VariantID: VariantDetail] = [:]
            return (document, true, try await view.cart(of: document, at: now, known: &known))
        }
        let outcome = try await outcome(of: result)
        // Keys of guests behind one address may meet: what somebody has filled in since is not theirs to see.
        if outcome.replayed, context.principal.customerID == nil, !outcome.value.isAnonymous {
            throw ServiceError.idempotencyKeyReused
        }
        return outcome
    }

    package func cart(_ id: CartID) async throws -> Cart {
        let document = try await readable(id)
        return try await show(document)
    }

    package func shippingOptions(for id: CartID) async throws -> [ShippingOption] {
        let document = try await readable(id)
        let contents = try await view.contents(of: document)
        return try await offers.shippingOptions(contents.request(at: clock.now()))
    }

    func readable(_ id: CartID) async throws -> CartDocument {
        guard let document = try await carts.document(id) else { throw ServiceError.notFound("cart") }
        try document.requireReader(CallContext.current.principal)
        return document
    }

    /// The cart as the customer sees it. The total is remembered: checkout asks for consent when it changed since.
    func show(_ document: CartDocument) async throws -> Cart {
        var known: [VariantID: VariantDetail] = [:]
        let cart = try await view.cart(of: document, at: clock.now(), known: &known)
        if document.isShownToCustomer(CallContext.current.principal), document.noting(shown: cart) != document {
            try await carts.note(shown: cart, of: document)
        }
        return cart
    }
}

extension Cart {
    /// Whether it says nothing of whoever filled it.
    fileprivate var isAnonymous: Bool {
        email == nil && shippingAddress == nil && billingAddress == nil && orderID == nil
    }
}
