import CartContract
package import Commerce
package import CoreMetrics
package import KeyValue
package import Logging
package import OfferContract
package import ProductContract
package import ServiceKit

/// Carts: one document each in a key-value store, priced anew by the offers on every read.
///
/// Needs the catalogue and the offers; owns the keys `cart:…`, `idem:…` and `coupons:…` of its store.
package struct CartService: Carts {
    let context: CartContext
    let boundary: ErrorBoundary

    /// - Parameters:
    ///   - couponLimits: Nil: wrong coupon codes are not limited, as in load tests.
    ///   - digestKey: The HMAC key of the digests that stand for clients' networks in the store; the same in every
    ///     replica.
    package init(
        store: any KeyValueStore, products: any Products, offers: any Offers,
        couponLimits: AttemptLimits? = .coupons, digestKey: [UInt8] = randomBytes(32), clock: WallClock = .system,
        metrics: any MetricsFactory = MetricsSystem.factory, logger: Logger
    ) {
        boundary = ErrorBoundary(of: "The cart store", contract: "Carts", service: "cart-service", logger: logger)
        let carts = CartStore(store: store, clientDigest: KeyedDigest(key: digestKey), boundary: boundary)
        context = CartContext(
            carts: carts,
            couponAttempts: couponLimits.map { CouponAttempts(carts: carts, limits: $0, clock: clock) },
            products: products, offers: offers, priceCart: PriceCart(products: products, offers: offers),
            chooseCurrency: ChooseCurrency(products: products), changes: ChangeCounter(metrics), clock: clock)
    }
}
