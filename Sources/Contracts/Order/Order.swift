package import Commerce
package import OfferContract

/// An order, its payment and what was given back.
package struct Order: Hashable, Sendable, Codable {
    /// An order begins as `confirmed`. None is `pending` yet: that is for payments that are decided after the checkout
    /// (issue 16).
    package enum Status: String, Sendable, Codable, CaseIterable {
        case pending, confirmed, fulfilled, cancelled, refunded
    }
    package enum PaymentStatus: String, Sendable, Codable { case authorized, captured, voided, refunded, failed }

    package struct Line: Hashable, Sendable, Codable {
        package var id: LineID
        package var variantID: VariantID
        package var productID: ProductID
        package var productHandle: String
        package var title: String
        package var variantTitle: String
        package var sku: String
        package var imageURL: String?
        package var quantity: Int
        package var unitPrice: Money
        package var adjustments: [Adjustment]
        package var total: Money

        package init(
            id: LineID, variantID: VariantID, productID: ProductID, productHandle: String, title: String,
            variantTitle: String, sku: String, imageURL: String?, quantity: Int, unitPrice: Money,
            adjustments: [Adjustment], total: Money
        ) {
            self.id = id
            self.variantID = variantID
            self.productID = productID
            self.productHandle = productHandle
            self.title = title
            self.variantTitle = variantTitle
            self.sku = sku
            self.imageURL = imageURL
            self.quantity = quantity
            self.unitPrice = unitPrice
            self.adjustments = adjustments
            self.total = total
        }

        enum CodingKeys: String, CodingKey {
            case id, title, sku, quantity, adjustments, total
            case variantID = "variant_id"
            case productID = "product_id"
            case productHandle = "product_handle"
            case variantTitle = "variant_title"
            case imageURL = "image_url"
            case unitPrice = "unit_price"
        }
    }

    package struct Refund: Hashable, Sendable, Codable {
        package var id: RefundID
        package var amount: Money
        package var reason: String
        package var createdAt: Instant

        package init(id: RefundID, amount: Money, reason: String, createdAt: Instant) {
            self.id = id
            self.amount = amount
            self.reason = reason
            self.createdAt = createdAt
        }

        enum CodingKeys: String, CodingKey {
            case id, amount, reason
            case createdAt = "created_at"
        }
    }

    package var id: OrderID
    /// What people say on the phone: `M-100042`.
    package var number: String
    package var status: Status
    package var paymentStatus: PaymentStatus
    package var customerID: CustomerID?
    package var email: String
    package var lines: [Line]
    package var coupons: [String]
    package var shippingAddress: Address
    package var billingAddress: Address
    package var shippingOption: ShippingOption
    package var totals: Totals
    package var refundedTotal: Money
    package var refunds: [Refund]
    package var tracking: String?
    package var placedAt: Instant
    package var updatedAt: Instant
    /// Only in the response to a guest's checkout.
    package var guestToken: String?

    package init(
        id: OrderID, number: String, status: Status, paymentStatus: PaymentStatus, customerID: CustomerID?,
        email: String, lines: [Line], coupons: [String], shippingAddress: Address, billingAddress: Address,
        shippingOption: ShippingOption, totals: Totals, refundedTotal: Money, refunds: [Refund] = [],
        tracking: String? = nil, placedAt: Instant, updatedAt: Instant, guestToken: String? = nil
    ) {
        self.id = id
        self.number = number
        self.status = status
        self.paymentStatus = paymentStatus
        self.customerID = customerID
        self.email = email
        self.lines = lines
        self.coupons = coupons
        self.shippingAddress = shippingAddress
        self.billingAddress = billingAddress
        self.shippingOption = shippingOption
        self.totals = totals
        self.refundedTotal = refundedTotal
        self.refunds = refunds
        self.tracking = tracking
        self.placedAt = placedAt
        self.updatedAt = updatedAt
        self.guestToken = guestToken
    }

    enum CodingKeys: String, CodingKey {
        case id, number, status, email, lines, coupons, totals, refunds, tracking
        case paymentStatus = "payment_status"
        case customerID = "customer_id"
        case shippingAddress = "shipping_address"
        case billingAddress = "billing_address"
        case shippingOption = "shipping_option"
        case refundedTotal = "refunded_total"
        case placedAt = "placed_at"
        case updatedAt = "updated_at"
        case guestToken = "guest_token"
    }
}
