import Commerce
import EventContract

/// What the templates show. Their names for it are these property names; nil leaves its section out.
struct OrderMailView {
    struct Line {
        var title: String
        var variant: String?
        var quantity: Int
        var unitPrice: String
        var lineTotal: String
    }

    var shop: String
    var headline: String
    var number: String
    var orderURL: String?
    var lines: [Line] = []
    var subtotal: String?
    var discount: String?
    var shipping: String?
    var tax: String?
    var total: String?
    var shippingOption: String?
    var address: [String] = []
    var refunded: String?
    var tracking: String?

    init(shop: String, headline: String, number: String, orderURL: String?) {
        self.shop = shop
        self.headline = headline
        self.number = number
        self.orderURL = orderURL
    }

    mutating func show(_ order: OrderPlaced) throws {
        lines = try order.lines.map { line in
            // Before discounts: the lines add up to the subtotal, and the discount is shown below it.
            var whole = line.unitPrice
            if let price = line.unitPrice?.amount {
                whole?.amount = price.multipliedReportingOverflow(by: Int64(line.quantity)).partialValue
            }
            return Line(
                title: OneLine.text(line.title), variant: OneLine.optional(line.variantTitle), quantity: line.quantity,
                unitPrice: try MoneyText.text(line.unitPrice), lineTotal: try MoneyText.text(whole))
        }
        subtotal = try MoneyText.text(order.subtotal)
        // The template writes the minus sign, so the sign is dropped here.
        if var off = order.discountTotal, off.amount != 0 {
            off.amount = Int64(clamping: off.amount.magnitude)
            discount = try MoneyText.text(off)
        }
        shipping = try MoneyText.text(order.shippingTotal)
        if let taxTotal = order.taxTotal, taxTotal.amount != 0 { tax = try MoneyText.text(taxTotal) }
        total = try MoneyText.text(order.total)
        shippingOption = OneLine.optional(order.shippingOption)
        guard let place = order.shippingAddress else { return }
        address = [
            place.name, place.line1, place.line2, "\(place.postalCode) \(place.city)", place.regionText, place.country,
        ].compactMap { $0.flatMap(OneLine.optional) }
    }
}
