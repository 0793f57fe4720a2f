import CartContract
import Commerce
import OfferContract
import RPC
import ServiceKit

/// `Carts` over HTTP.
enum CartMethods {
    struct Create: Codable, Sendable { var currency: String? }
    struct Reference: Codable, Sendable { var cart: CartID }
    struct AddLine: Codable, Sendable {
        var cart: CartID
        var variant: VariantID
        var quantity: Int
    }
    struct Line: Codable, Sendable {
        var cart: CartID
        var line: LineID
        /// Only of a change.
        var quantity: Int?
    }
    struct Coupon: Codable, Sendable {
        var cart: CartID
        var code: String
    }
    struct Update: Codable, Sendable {
        var cart: CartID
        var change: CartChange
    }
    struct OfOrder: Codable, Sendable {
        var cart: CartID
        var order: OrderID
    }

    private static func method<Input, Output>(
        _ name: String, _ repeatable: WireMethod<Input, Output>.Repeatable
    ) -> WireMethod<Input, Output> {
        WireMethod("carts", name, repeatable: repeatable)
    }

    static let create: WireMethod<Create, WireOutcome<Cart>> = method("create", .withKey)
    static let cart: WireMethod<Reference, Cart> = method("cart", .always)
    static let addLine: WireMethod<AddLine, WireOutcome<Cart>> = method("add-line", .withKey)
    static let changeLine: WireMethod<Line, Cart> = method("change-line", .always)
    static let removeLine: WireMethod<Line, Cart> = method("remove-line", .never)
    static let applyCoupon: WireMethod<Coupon, WireOutcome<Cart>> = method("apply-coupon", .always)
    static let removeCoupon: WireMethod<Coupon, Cart> = method("remove-coupon", .never)
    static let update: WireMethod<Update, Cart> = method("update", .always)
    static let shippingOptions: WireMethod<Reference, [ShippingOption]> = method("shipping-options", .always)
    /// Its name on the wire is from before it was called a lock; names there never change.
    static let lock: WireMethod<OfOrder, LockedCart> = method("freeze", .always)
    /// The same.
    static let unlock: WireMethod<OfOrder, Nothing> = method("thaw", .always)
    static let complete: WireMethod<OfOrder, Nothing> = method("complete", .always)
}
