import CartContract
import Commerce
import OfferContract
import OrderContract
import ProductContract
import ServiceKit

/// An order that is priced but not yet confirmed.
struct CheckoutDraft: Hashable, Sendable, Codable {
    var order: Order
    var coupons: [AppliedCoupon]

    var isFree: Bool { order.totals.total.amount == 0 }

    /// Checks that the cart is complete before it is priced. Throws one of the 422 codes of `Orders.place`.
    static func check(_ cart: LockedCart) throws(ServiceError) {
        guard !cart.lines.isEmpty else { throw .cartEmpty }
        guard let email = cart.email, !email.isEmpty else { throw .emailRequired }
        guard cart.shippingAddress != nil else { throw .shippingAddressRequired }
        guard cart.shippingOptionID != nil else { throw .shippingOptionRequired }
    }

    /// The request to the offer service. Throws 409 `out_of_stock` for variants that are no longer sold.
    static func pricingRequest(
        _ cart: LockedCart, _ details: [VariantDetail], customer: CustomerID?, at now: Instant
    ) throws(ServiceError) -> PricingRequest {
        let byID = Dictionary(details.map { ($0.variant.id, $0) }, uniquingKeysWith: { first, _ in first })
        var lines: [PricingRequest.Line] = []
        var missing: [Int] = []
        for (index, line) in cart.lines.enumerated() {
            if let detail = byID[line.variantID], detail.published {
                lines.append(.init(id: line.id, detail: detail, quantity: line.quantity))
            } else {
                missing.append(index)
            }
        }
        guard missing.isEmpty else { throw .notSold(lines: missing) }
        return PricingRequest(
            currency: cart.currency, lines: lines, coupons: cart.coupons, customer: customer,
            shippingAddress: cart.shippingAddress, shippingOption: cart.shippingOptionID, at: now)
    }

    /// Builds the order from the priced cart. Throws `shipping_option_required`, `price_changed`, or 422 naming the
    /// region that tax depends on.
    init(
        _ cart: LockedCart, _ request: PricingRequest, _ priced: PricedCart, order id: OrderID, at now: Instant
    ) throws(ServiceError) {
        try Self.check(cart)
        guard let shipping = priced.shippingOption else { throw .shippingOptionRequired }
        guard let email = cart.email, let address = cart.shippingAddress?.withRegionCode(in: priced.regionCountries)
        else { throw .emailRequired }
        if priced.isTaxPending { throw .regionRequired(address) }
        if let shown = cart.lastShownTotal, shown != priced.totals.total { throw .priceChanged }
        guard priced.totals.total.amount >= 0 else { throw .amountTooLarge }
        let prices = Dictionary(priced.lines.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        var lines: [Order.Line] = []
        for line in request.lines {
            guard let price = prices[line.id] else { throw .priceChanged }
            lines.append(Order.Line(line, price))
        }
        coupons = priced.coupons
        order = Order(
            id: id, number: "", status: .confirmed, paymentStatus: .authorized, customerID: request.customer,
            email: email, lines: lines, coupons: priced.coupons.map(\.code), shippingAddress: address,
            billingAddress: cart.billingAddress?.withRegionCode(in: priced.regionCountries) ?? address,
            shippingOption: shipping, totals: priced.totals,
            refundedTotal: .zero(cart.currency), placedAt: now, updatedAt: now)
        if order.totals.total.isZero { order.paymentStatus = .captured }
    }

    /// The stock to reserve, one entry for each line.
    func reservation(lifetime: Duration) -> StockReservation {
        StockReservation(
            order: order.id, lines: order.lines.map { .init(variant: $0.variantID, quantity: $0.quantity) },
            lifetime: lifetime)
    }
}

extension Order.Line {
    fileprivate init(_ line: PricingRequest.Line, _ price: PricedLine) {
        let detail = line.detail
        self.init(
            id: line.id, variantID: detail.variant.id, productID: detail.productID, productHandle: detail.productHandle,
            title: detail.productTitle, variantTitle: detail.variant.title, sku: detail.variant.sku,
            imageURL: detail.variant.imageURL ?? detail.imageURL, quantity: line.quantity, unitPrice: price.unitPrice,
            adjustments: price.adjustments, total: price.total)
    }
}
