import CartContract
import Commerce
import OfferContract
import ProductContract
import ServiceKit

/// What the use cases of carts share.
struct CartContext: Sendable {
    let carts: CartStore
    /// Nil when wrong coupon codes are not limited.
    let couponAttempts: CouponAttempts?
    let products: any Products
    let offers: any Offers
    let priceCart: PriceCart
    let chooseCurrency: ChooseCurrency
    let changes: ChangeCounter
    let clock: WallClock

    /// The cart, if the caller may read it. Throws 404 `cart_not_found`.
    func readable(_ id: CartID) async throws -> CartDocument {
        guard let document = try await carts.document(id) else { throw ServiceError.cartNotFound }
        try document.requireReader(CallContext.current.principal)
        return document
    }
}
