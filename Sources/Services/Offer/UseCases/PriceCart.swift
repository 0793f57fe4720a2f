import Commerce
import OfferContract
import ServiceKit

/// Prices a cart by the active rules: its lines, discounts, shipping and tax.
struct PriceCart: Sendable {
    let activeRules: ActiveRules

    /// Throws 422 when the lines cannot be added up.
    func run(_ request: PricingRequest) throws(ServiceError) -> Pricing {
        try request.check()
        let rules = activeRules.rules
        do {
            return try rules.price(request)
        } catch {
            throw ServiceError(OfferErrorCode.amountTooLarge, "The amounts of this cart are too large.")
        }
    }
}
