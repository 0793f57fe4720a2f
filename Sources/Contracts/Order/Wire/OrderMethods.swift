import Commerce
import FoundationEssentials
import OrderContract
import RPC
import ServiceKit

/// `Orders` over HTTP.
enum OrderMethods {
    struct Place: Codable, Sendable {
        var cart: CartID
        var payment: PaymentInstruction
    }
    struct Reference: Codable, Sendable {
        var order: OrderID
        var guestToken: String?
    }
    struct Fulfil: Codable, Sendable {
        var order: OrderID
        var tracking: String?
    }
    struct Refund: Codable, Sendable {
        var order: OrderID
        /// Minor units.
        var amount: Int64?
        /// What the caller takes the order's currency for.
        var currency: Currency?
        var reason: String
    }

    struct Notification: Codable, Sendable {
        var provider: String
        var headers: [String: String]
        /// Base64 in JSON.
        var body: Data
    }

    private static func method<Input, Output>(
        _ name: String, _ repeatable: WireMethod<Input, Output>.Repeatable
    ) -> WireMethod<Input, Output> {
        // A payment provider may take its time.
        WireMethod("orders", name, repeatable: repeatable, limit: .seconds(10))
    }

    static let paymentMethods: WireMethod<Nothing, [PaymentMethod]> = method("payment-methods", .always)
    static let place: WireMethod<Place, WireOutcome<Order>> = method("place", .withKey)
    static let order: WireMethod<Reference, Order> = method("order", .always)
    static let mine: WireMethod<PageRequest, WirePage<Order>> = method("mine", .always)
    static let cancel: WireMethod<Reference, WireOutcome<Order>> = method("cancel", .always)
    static let orders: WireMethod<OrderQuery, WirePage<Order>> = method("orders", .always)
    static let fulfil: WireMethod<Fulfil, WireOutcome<Order>> = method("fulfil", .withKey)
    static let refund: WireMethod<Refund, WireOutcome<Order>> = method("refund", .withKey)
    /// Room for the longest body in base64, and for headers.
    static let paymentNotification = WireMethod<Notification, Nothing>(
        "orders", "payment-notification", repeatable: .always, limit: .seconds(10), longestInput: 262_144)
}
