import OfferContract

/// Offers with an interruption after each pricing.
struct InterruptedOffers: Offers {
    let offers: any Offers
    let afterPricing: @Sendable () async throws -> Void

    func price(_ request: PricingRequest) async throws -> PricedCart {
        let priced = try await offers.price(request)
        try await afterPricing()
        return priced
    }
    func shippingOptions(_ request: PricingRequest) async throws -> [ShippingOption] {
        try await offers.shippingOptions(request)
    }
    func rules() async throws -> String { try await offers.rules() }
    func replaceRules(_ json: String) async throws { try await offers.replaceRules(json) }
}
