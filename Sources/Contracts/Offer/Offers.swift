package import Commerce
package import ProductContract

/// Prices, promotions, shipping and tax: pure functions of the rules in force. Every method throws `ServiceError`.
package protocol Offers: Sendable {
    /// Prices a cart; unknown or unusable coupons are answered in `rejectedCoupons`, never thrown.
    func price(_ request: PricingRequest) async throws -> PricedCart
    /// What it costs to send these lines to this country; cheapest first. nil country: the shop's home country.
    func shippingOptions(_ request: PricingRequest) async throws -> [ShippingOption]
    /// The rules in force, as the JSON document they were loaded from.
    func rules() async throws -> String
    /// Staff, `offers:write`: checks and stores a new document (422 with every fault named), then applies it.
    func replaceRules(_ json: String) async throws
}

package struct PricingRequest: Hashable, Sendable {
    package struct Line: Hashable, Sendable {
        package var id: LineID
        package var detail: VariantDetail
        package var quantity: Int
        package init(id: LineID, detail: VariantDetail, quantity: Int) {
            self.id = id
            self.detail = detail
            self.quantity = quantity
        }
    }
    package var currency: Currency
    package var lines: [Line]
    /// As the customer typed them; compared without case.
    package var coupons: [String]
    package var customer: CustomerID?
    package var shippingAddress: Address?
    package var shippingOption: String?
    package var at: Instant

    package init(
        currency: Currency, lines: [Line], coupons: [String], customer: CustomerID? = nil,
        shippingAddress: Address? = nil, shippingOption: String? = nil, at: Instant
    ) {
        self.currency = currency
        self.lines = lines
        self.coupons = coupons
        self.customer = customer
        self.shippingAddress = shippingAddress
        self.shippingOption = shippingOption
        self.at = at
    }
}

/// One change of a price and why. `amount` is negative for a discount.
package struct Adjustment: Hashable, Sendable, Codable {
    /// The rule's id: `summer-sale`, `coupon:WELCOME10`.
    package var source: String
    /// Words for the customer.
    package var label: String
    package var amount: Money

    package init(source: String, label: String, amount: Money) {
        self.source = source
        self.label = label
        self.amount = amount
    }
}

package struct PricedLine: Hashable, Sendable {
    package var id: LineID
    package var unitPrice: Money
    package var quantity: Int
    /// Every discount on the line, order-wide ones allocated to it.
    package var adjustments: [Adjustment]
    /// `unitPrice × quantity + Σ adjustments`, never negative.
    package var total: Money

    package init(id: LineID, unitPrice: Money, quantity: Int, adjustments: [Adjustment], total: Money) {
        self.id = id
        self.unitPrice = unitPrice
        self.quantity = quantity
        self.adjustments = adjustments
        self.total = total
    }
}

/// `total = subtotal − discount_total + shipping_total + tax_total`; `subtotal` is before discounts.
package struct Totals: Hashable, Sendable, Codable {
    package var subtotal: Money
    package var discountTotal: Money
    package var shippingTotal: Money
    package var taxTotal: Money
    package var total: Money

    package init(subtotal: Money, discountTotal: Money, shippingTotal: Money, taxTotal: Money, total: Money) {
        self.subtotal = subtotal
        self.discountTotal = discountTotal
        self.shippingTotal = shippingTotal
        self.taxTotal = taxTotal
        self.total = total
    }

    enum CodingKeys: String, CodingKey {
        case subtotal, total
        case discountTotal = "discount_total"
        case shippingTotal = "shipping_total"
        case taxTotal = "tax_total"
    }
}

package struct ShippingOption: Hashable, Sendable, Codable {
    package var id: String
    package var name: String
    package var price: Money
    /// Words for the customer: `3–5 working days`.
    package var estimate: String

    package init(id: String, name: String, price: Money, estimate: String) {
        self.id = id
        self.name = name
        self.price = price
        self.estimate = estimate
    }
}

/// A coupon that counts, with the limits the order service must hold it to.
package struct AppliedCoupon: Hashable, Sendable, Codable {
    package var code: String
    package var label: String
    /// How often it may be used in all; nil without limit.
    package var usageLimit: Int?
    package var usageLimitPerCustomer: Int?

    package init(code: String, label: String, usageLimit: Int?, usageLimitPerCustomer: Int?) {
        self.code = code
        self.label = label
        self.usageLimit = usageLimit
        self.usageLimitPerCustomer = usageLimitPerCustomer
    }

    enum CodingKeys: String, CodingKey {
        case code, label
        case usageLimit = "usage_limit"
        case usageLimitPerCustomer = "usage_limit_per_customer"
    }
}

package struct RejectedCoupon: Hashable, Sendable, Codable {
    package var code: String
    /// `coupon_unknown`, `coupon_not_started`, `coupon_expired`, `coupon_not_applicable`.
    package var reason: String
    package var message: String

    package init(code: String, reason: String, message: String) {
        self.code = code
        self.reason = reason
        self.message = message
    }
}

package struct PricedCart: Hashable, Sendable {
    package var lines: [PricedLine]
    package var coupons: [AppliedCoupon]
    package var rejectedCoupons: [RejectedCoupon]
    package var shippingOption: ShippingOption?
    package var totals: Totals
    /// Where tax depends on the region: an address in one of these countries must name one (ISO 3166-1 alpha-2, sorted).
    package var regionCountries: [String]
    /// True while tax cannot be known, because there is no address or it names none of its country's regions where tax
    /// depends on them. `tax_total` is zero then, and nothing may be sold at this total.
    package var isTaxPending: Bool

    package init(
        lines: [PricedLine], coupons: [AppliedCoupon], rejectedCoupons: [RejectedCoupon],
        shippingOption: ShippingOption?, totals: Totals, regionCountries: [String] = [], isTaxPending: Bool = false
    ) {
        self.lines = lines
        self.coupons = coupons
        self.rejectedCoupons = rejectedCoupons
        self.shippingOption = shippingOption
        self.totals = totals
        self.regionCountries = regionCountries
        self.isTaxPending = isTaxPending
    }
}
