package import Commerce
package import EventLog

/// A customer placed an order.
package struct OrderPlaced: Hashable, EventPayload {
    package struct Line: Hashable, Sendable {
        package var variantID: String
        package var productID: String
        package var title: String
        package var variantTitle: String
        package var quantity: Int
        package var unitPrice: EventMoney?
        /// After discounts.
        package var total: EventMoney?

        package init(
            variantID: String = "", productID: String = "", title: String, variantTitle: String = "", quantity: Int,
            unitPrice: EventMoney?, total: EventMoney?
        ) {
            self.variantID = variantID
            self.productID = productID
            self.title = title
            self.variantTitle = variantTitle
            self.quantity = quantity
            self.unitPrice = unitPrice
            self.total = total
        }
    }

    package var orderID: String
    package var number: String
    /// nil for a guest.
    package var customerID: String?
    /// For the confirmation mail; other consumers must not store it.
    package var email: String
    package var lines: [Line]
    package var subtotal: EventMoney?
    package var discountTotal: EventMoney?
    package var shippingTotal: EventMoney?
    package var taxTotal: EventMoney?
    package var total: EventMoney?
    /// Sent without its phone.
    package var shippingAddress: Address?
    package var shippingOption: String
    package var cartID: String
    package var placedAt: Instant?

    package init(
        orderID: String, number: String, customerID: String?, email: String, lines: [Line], subtotal: EventMoney?,
        discountTotal: EventMoney?, shippingTotal: EventMoney?, taxTotal: EventMoney?, total: EventMoney?,
        shippingAddress: Address?, shippingOption: String = "", cartID: String = "", placedAt: Instant? = nil
    ) {
        self.orderID = orderID
        self.number = number
        self.customerID = customerID
        self.email = email
        self.lines = lines
        self.subtotal = subtotal
        self.discountTotal = discountTotal
        self.shippingTotal = shippingTotal
        self.taxTotal = taxTotal
        self.total = total
        self.shippingAddress = shippingAddress
        self.shippingOption = shippingOption
        self.cartID = cartID
        self.placedAt = placedAt
    }

    package static var topic: Topic { .orders }
    package var key: String { orderID }
}
