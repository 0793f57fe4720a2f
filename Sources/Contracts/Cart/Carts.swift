package import Commerce
package import OfferContract
package import ServiceKit

/// Carts, always priced afresh. Every method throws `ServiceError`; an unknown, expired or foreign cart is 404
/// `cart_not_found`. One that became an order can be read still, and says so; changes are 409 `cart_completed`.
///
/// A cart made by a customer (see `CallContext`) belongs to that customer; a guest's belongs to whoever knows its id,
/// until a logged-in customer uses it.
///
/// A change that is repeated under its `CallContext.idempotency` happens once, and answers the cart as it is then.
package protocol Carts: Sendable {
    /// Without a currency in the shop's own; 422 `unknown_currency`.
    func create(currency: String?) async throws -> Outcome<Cart>
    func cart(_ id: CartID) async throws -> Cart
    /// The same variant twice: quantities add up. 404 `variant_not_found`, 409 `out_of_stock`, 422 over the limits.
    func addLine(to id: CartID, variant: VariantID, quantity: Int) async throws -> Outcome<Cart>
    func changeLine(_ line: LineID, of id: CartID, quantity: Int) async throws -> Cart
    func removeLine(_ line: LineID, of id: CartID) async throws -> Cart
    /// 422 with the coupon's own reason as code (`coupon_unknown`, `coupon_expired`, …), 429 `rate_limited` after too
    /// many of them.
    func applyCoupon(_ code: String, to id: CartID) async throws -> Outcome<Cart>
    func removeCoupon(_ code: String, from id: CartID) async throws -> Cart
    func update(_ id: CartID, _ change: CartChange) async throws -> Cart
    func shippingOptions(for id: CartID) async throws -> [ShippingOption]

    /// Locks the cart for one order and answers its content. Repeating with the same order is harmless; another order
    /// while locked: 409 `checkout_in_progress`.
    func freeze(_ id: CartID, for order: OrderID) async throws -> FrozenCart
    /// Opens the cart again after a failed checkout; ignored when another order holds it.
    func thaw(_ id: CartID, from order: OrderID) async throws
    /// The cart became this order; it accepts no changes any more. Idempotent.
    func complete(_ id: CartID, as order: OrderID) async throws
}

package struct CartLine: Hashable, Sendable, Codable {
    package var id: LineID
    package var variantID: VariantID
    package var productID: ProductID
    package var productHandle: String
    package var title: String
    package var variantTitle: String
    package var imageURL: String?
    package var quantity: Int
    package var unitPrice: Money
    package var adjustments: [Adjustment]
    package var total: Money
    /// False when the shop no longer has this many.
    package var available: Bool

    package init(
        id: LineID, variantID: VariantID, productID: ProductID, productHandle: String, title: String,
        variantTitle: String, imageURL: String?, quantity: Int, unitPrice: Money, adjustments: [Adjustment],
        total: Money, available: Bool
    ) {
        self.id = id
        self.variantID = variantID
        self.productID = productID
        self.productHandle = productHandle
        self.title = title
        self.variantTitle = variantTitle
        self.imageURL = imageURL
        self.quantity = quantity
        self.unitPrice = unitPrice
        self.adjustments = adjustments
        self.total = total
        self.available = available
    }

    enum CodingKeys: String, CodingKey {
        case id, title, quantity, adjustments, total, available
        case variantID = "variant_id"
        case productID = "product_id"
        case productHandle = "product_handle"
        case variantTitle = "variant_title"
        case imageURL = "image_url"
        case unitPrice = "unit_price"
    }
}

package struct Cart: Hashable, Sendable {
    package var id: CartID
    package var currency: Currency
    package var email: String?
    package var lines: [CartLine]
    package var coupons: [AppliedCoupon]
    package var shippingAddress: Address?
    package var billingAddress: Address?
    package var shippingOption: ShippingOption?
    package var totals: Totals
    /// Countries whose shipping addresses must name a region, because tax depends on it.
    package var regionCountries: [String]
    /// True while tax is not known, and zero in the totals: see `PricedCart`.
    package var isTaxPending: Bool
    package var createdAt: Instant
    package var updatedAt: Instant
    /// What the cart has become; nil while it can be changed and ordered.
    package var orderID: OrderID?

    package init(
        id: CartID, currency: Currency, email: String?, lines: [CartLine], coupons: [AppliedCoupon],
        shippingAddress: Address?, billingAddress: Address?, shippingOption: ShippingOption?, totals: Totals,
        regionCountries: [String] = [], isTaxPending: Bool = false, createdAt: Instant, updatedAt: Instant,
        orderID: OrderID?
    ) {
        self.id = id
        self.currency = currency
        self.email = email
        self.lines = lines
        self.coupons = coupons
        self.shippingAddress = shippingAddress
        self.billingAddress = billingAddress
        self.shippingOption = shippingOption
        self.totals = totals
        self.regionCountries = regionCountries
        self.isTaxPending = isTaxPending
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.orderID = orderID
    }
}

extension Cart: Codable {
    enum CodingKeys: String, CodingKey {
        case id, currency, email, lines, coupons, totals
        case orderID = "order_id"
        case shippingAddress = "shipping_address"
        case billingAddress = "billing_address"
        case shippingOption = "shipping_option"
        case regionCountries = "region_countries"
        case isTaxPending = "tax_pending"
        case createdAt = "created_at"
        case updatedAt = "updated_at"
    }

    /// Also of an answer that was stored, or a peer that was built, before the cart had all of its fields.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            id: try container.decode(CartID.self, forKey: .id),
            currency: try container.decode(Currency.self, forKey: .currency),
            email: try container.decodeIfPresent(String.self, forKey: .email),
            lines: try container.decode([CartLine].self, forKey: .lines),
            coupons: try container.decode([AppliedCoupon].self, forKey: .coupons),
            shippingAddress: try container.decodeIfPresent(Address.self, forKey: .shippingAddress),
            billingAddress: try container.decodeIfPresent(Address.self, forKey: .billingAddress),
            shippingOption: try container.decodeIfPresent(ShippingOption.self, forKey: .shippingOption),
            totals: try container.decode(Totals.self, forKey: .totals),
            regionCountries: try container.decodeIfPresent([String].self, forKey: .regionCountries) ?? [],
            isTaxPending: try container.decodeIfPresent(Bool.self, forKey: .isTaxPending) ?? false,
            createdAt: try container.decode(Instant.self, forKey: .createdAt),
            updatedAt: try container.decode(Instant.self, forKey: .updatedAt),
            orderID: try container.decodeIfPresent(OrderID.self, forKey: .orderID))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(id, forKey: .id)
        try container.encode(currency, forKey: .currency)
        try container.encode(email, forKey: .email)
        try container.encode(lines, forKey: .lines)
        try container.encode(coupons, forKey: .coupons)
        try container.encode(shippingAddress, forKey: .shippingAddress)
        try container.encode(billingAddress, forKey: .billingAddress)
        try container.encode(shippingOption, forKey: .shippingOption)
        try container.encode(totals, forKey: .totals)
        try container.encode(regionCountries, forKey: .regionCountries)
        try container.encode(isTaxPending, forKey: .isTaxPending)
        try container.encode(createdAt, forKey: .createdAt)
        try container.encode(updatedAt, forKey: .updatedAt)
        try container.encode(orderID, forKey: .orderID)
    }
}

/// What of a cart changes; nil leaves as it is, what is cleared becomes nil.
package struct CartChange: Hashable, Sendable, Codable {
    package enum Field: String, Hashable, Sendable, Codable {
        case email, shippingAddress, billingAddress, shippingOption
    }

    package var email: String?
    package var shippingAddress: Address?
    package var billingAddress: Address?
    package var shippingOptionID: String?
    package var cleared: Set<Field>

    package init(
        email: String? = nil, shippingAddress: Address? = nil, billingAddress: Address? = nil,
        shippingOptionID: String? = nil, cleared: Set<Field> = []
    ) {
        self.email = email
        self.shippingAddress = shippingAddress
        self.billingAddress = billingAddress
        self.shippingOptionID = shippingOptionID
        self.cleared = cleared
    }
}

/// What the order service needs of a cart to make an order of it; prices are computed again by it.
package struct FrozenCart: Hashable, Sendable, Codable {
    package struct Line: Hashable, Sendable, Codable {
        package var id: LineID
        package var variantID: VariantID
        package var quantity: Int
        package init(id: LineID, variantID: VariantID, quantity: Int) {
            self.id = id
            self.variantID = variantID
            self.quantity = quantity
        }
    }
    package var id: CartID
    package var owner: CustomerID?
    package var currency: Currency
    package var email: String?
    package var lines: [Line]
    package var coupons: [String]
    package var shippingAddress: Address?
    package var billingAddress: Address?
    package var shippingOptionID: String?
    /// The total the customer last saw; nil when never shown. Another total at checkout is 409 `price_changed`.
    package var lastShownTotal: Money?

    package init(
        id: CartID, owner: CustomerID?, currency: Currency, email: String?, lines: [Line], coupons: [String],
        shippingAddress: Address?, billingAddress: Address?, shippingOptionID: String?, lastShownTotal: Money?
    ) {
        self.id = id
        self.owner = owner
        self.currency = currency
        self.email = email
        self.lines = lines
        self.coupons = coupons
        self.shippingAddress = shippingAddress
        self.billingAddress = billingAddress
        self.shippingOptionID = shippingOptionID
        self.lastShownTotal = lastShownTotal
    }
}
