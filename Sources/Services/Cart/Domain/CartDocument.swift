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

    /// The checkout that the cart is locked for.
    struct Lock: Hashable, Sendable, Codable {
        var order: OrderID
        var at: Instant
    }

    /// How many idempotency keys of changes since an instant are kept.
    struct Keys: Hashable, Sendable, Codable {
        var since: Instant
        var count: Int
    }

    var id: CartID
    var currency: Currency
    /// Nil for a guest's cart, which is open to everybody who knows its id.
    var owner: CustomerID?
    var email: String?
    var lines: [Line] = []
    /// As the customer typed them.
    var coupons: [String] = []
    var shippingAddress: Address?
    var billingAddress: Address?
    var shippingOptionID: String?
    var lastShownTotal: Money?
    var lock: Lock?
    var completedAs: OrderID?
    /// Nil until a change with a key.
    var keys: Keys?
    var createdAt: Instant
    var updatedAt: Instant

    /// Stored documents have these names.
    private enum CodingKeys: String, CodingKey {
        case id, currency, owner, email, lines, coupons, shippingAddress, billingAddress, shippingOptionID
        case lastShownTotal, completedAs, keys, createdAt, updatedAt
        case lock = "freeze"  // The name that earlier versions store.
    }

    init(id: CartID, currency: Currency, at now: Instant) {
        self.id = id
        self.currency = currency
        createdAt = now
        updatedAt = now
    }

    /// The document after the customer has seen this cart. Lines that cannot be shown, because their variant no longer
    /// exists, are removed: the customer could not remove them, and they would block the checkout.
    func recording(shown cart: Cart) -> CartDocument {
        var document = self
        document.lastShownTotal = cart.totals.total
        let shown = Set(cart.lines.map(\.id))
        document.lines.removeAll { !shown.contains($0.id) }
        return document
    }

    /// What an order is made of.
    var content: LockedCart {
        LockedCart(
            id: id, owner: owner, currency: currency, email: email,
            lines: lines.map { LockedCart.Line(id: $0.id, variantID: $0.variantID, quantity: $0.quantity) },
            coupons: coupons, shippingAddress: shippingAddress, billingAddress: billingAddress,
            shippingOptionID: shippingOptionID, lastShownTotal: lastShownTotal)
    }
}
