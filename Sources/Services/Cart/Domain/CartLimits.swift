import Commerce
import OfferContract
import ServiceKit

/// What a cart may hold, and how long.
enum CartLimits {
    /// How long a cart is kept after its last change.
    static let lifetime = Duration.seconds(30 * 86_400)
    static let lines = 100
    static let quantity = 1...999
    static let coupons = 10
    /// Characters.
    static let couponCode = 50
    /// Changes with an `Idempotency-Key`, within ``Retention/idempotencyKeys``.
    static let keys = 1_000

    static func check(quantity value: Int) throws(ServiceError) {
        if quantity.contains(value) { return }
        throw .invalid(
            "quantity", code: FieldCode.outOfRange, "must be from \(quantity.lowerBound) to \(quantity.upperBound)")
    }

    /// The code without space around it.
    static func couponCode(_ text: String) throws(ServiceError) -> String {
        let code = text.trimmed
        guard !code.isEmpty else { throw .invalid("code", code: FieldCode.required, "must not be empty") }
        guard code.unicodeScalars.count <= couponCode else {
            throw ServiceError(OfferErrorCode.couponUnknown, "This coupon does not exist.")
        }
        return code
    }
}
