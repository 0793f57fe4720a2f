import CartContract
import Commerce
import OfferContract

/// A cart as it is stored: what the customer chose, never what it costs.
struct CartDocument: Hashable, Sendable, Codable {
    struct Line: Hashable, Sendable, Codable {
        var id: LineID
        var variantID: VariantID
        var quantity: Int
    }

    /// The order that is being made of the cart.
    struct Freeze: Hashable, Sendable, Codable {
        var order: OrderID
        var at: Instant
    }

    /// How many keys are kept of changes since an instant.
    struct Keys: Hashable, Sendable, Codable {
        var since: Instant
        var count: Int
    }

    var id: CartID
    var currency: Currency
    /// nil: whoever knows the id.
    var owner: CustomerID?
    var email: String?
    var lines: [Line] = []
    /// As the customer typed them.
    var coupons: [String] = []
    var shippingAddress: Address?
    var billingAddress: Address?
    var shippingOptionID: String?
    var lastShownTotal: Money?
    var freeze: Freeze?
    var completedAs: OrderID?
    /// Nil until a change has a key.
    var keys: Keys?
    var createdAt: Instant
    var updatedAt: Instant

    init(id: CartID, currency: Currency, at now: Instant) {
        self.id = id
        self.currency = currency
        createdAt = now
        updatedAt = now
    }

    /// The document after the customer has seen this cart. Lines the shop cannot show any more, because their variant
    /// is gone, are dropped: nobody could remove them, and they would block the checkout.
    func noting(shown cart: Cart) -> CartDocument {
        var noted = self
        noted.lastShownTotal = cart.totals.total
        let shown = Set(cart.lines.map(\.id))
        noted.lines.removeAll { !shown.contains($0.id) }
        return noted
    }

    var frozen: LockedCart {
        LockedCart(
            id: id, owner: owner, currency: currency, email: email,
            lines: lines.map { LockedCart.Line(id: $0.id, variantID: $0.variantID, quantity: $0.quantity) },
            coupons: coupons, shippingAddress: shippingAddress, billingAddress: billingAddress,
            shippingOptionID: shippingOptionID, lastShownTotal: lastShownTotal)
    }
}
