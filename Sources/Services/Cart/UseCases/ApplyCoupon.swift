import CartContract
import Commerce
import OfferContract
import ServiceKit

/// Adds a coupon to a cart, if the offers accept it there.
struct ApplyCoupon: Sendable {
    let context: CartContext

    func run(_ code: String, to id: CartID) async throws -> Outcome<Cart> {
        let changeCart = ChangeCart(context: context)
        let key = CallContext.current.idempotency
        if let replay = try await changeCart.replay(of: key) { return replay }
        let code = try CartLimits.couponCode(code)
        let before = try await context.readable(id)
        if !before.hasCoupon(code) { try await check(code, in: before) }
        return try await changeCart.run(id, once: key, counting: .coupon) { document in
            try document.addCoupon(code)
        }
    }

    /// Throws 422 for a wrong code, and 429 when too many were wrong.
    private func check(_ code: String, in document: CartDocument) async throws {
        guard let attempts = context.couponAttempts else { return try await requireAccepted(code, in: document) }
        try await attempts.count(for: document.id) { try await requireAccepted(code, in: document) }
    }

    private func requireAccepted(_ code: String, in document: CartDocument) async throws {
        var contents = try await context.priceCart.contents(of: document)
        contents.coupons.append(code)
        let priced = try await context.offers.price(contents.request(at: context.clock.now()))
        guard let rejected = priced.rejectedCoupons.first(where: { $0.code == code }) else { return }
        let reason = OfferErrorCode(rawValue: rejected.reason) ?? .couponNotApplicable
        throw ServiceError(
            reason, rejected.message, fields: [.init(field: "code", code: reason, detail: rejected.message)])
    }
}
