import Commerce
import OfferContract
import ProductContract

extension Rules {
    /// Prices a checked request: the same lines, coupons and rules in any order give the same amounts.
    ///
    /// Throws `MoneyError` when an amount exceeds 64 bits.
    func price(_ request: PricingRequest) throws -> Pricing {
        var run = try PricingRun(request)
        var verdicts = CouponVerdicts(request, promotions: promotions)
        for promotion in promotions where promotion.runs(at: request.at) && verdicts.admits(promotion) {
            do {
                try run.apply(promotion)
            } catch let refusal as PricingRun.Refusal {
                // An empty cart may carry a coupon: it counts once the cart has lines.
                if !run.lines.isEmpty { verdicts.refuse(promotion, refusal) }
            }
        }
        return try totals(request, run, verdicts)
    }

    private func totals(_ request: PricingRequest, _ run: PricingRun, _ verdicts: CouponVerdicts) throws -> Pricing {
        let zero = Money.zero(request.currency)
        let goods = try run.goods()
        let options = shippingOptions(
            to: request.shippingAddress?.country, goods: goods, freed: run.freedShipping)
        // Without lines there is nothing to send.
        let chosen = run.lines.isEmpty ? nil : options.first { $0.id == request.shippingOption }
        let shipping = chosen?.price ?? zero
        let tax = try tax(goods: goods, shipping: shipping, to: request.shippingAddress)
        let subtotal = try run.lines.reduce(zero) { try $0.adding($1.subtotal) }
        let totals = Totals(
            subtotal: subtotal, discountTotal: try subtotal.subtracting(goods), shippingTotal: shipping, taxTotal: tax,
            total: try goods.adding(shipping).adding(tax))
        let lines = run.lines.sorted { $0.position < $1.position }.map { line in
            PricedLine(
                id: line.id, unitPrice: line.detail.variant.price, quantity: line.quantity,
                adjustments: line.adjustments, total: line.remaining)
        }
        return Pricing(
            cart: PricedCart(
                lines: lines, coupons: verdicts.applied, rejectedCoupons: verdicts.rejected, shippingOption: chosen,
                totals: totals, regionCountries: regionCountries.sorted(),
                isTaxPending: isTaxPending(for: request.shippingAddress)),
            shippingOptions: options)
    }
}
