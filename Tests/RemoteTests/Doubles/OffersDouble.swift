import OfferContract

/// Offers that record their inputs and return what they are given.
struct OffersDouble: Offers {
    var recorder = CallRecorder()
    var cart = Samples.fullCart
    var name = "{}"

    func price(_ request: PricingRequest) async throws -> PricedCart {
        try await recorder.note("price", request)
        return cart
    }

    func shippingOptions(_ request: PricingRequest) async throws -> [ShippingOption] {
        try await recorder.note("shippingOptions", request)
        return [Samples.shippingOption]
    }

    func rules() async throws -> String {
        try await recorder.note("rules", 0)
        return name
    }

    func replaceRules(_ json: String) async throws { try await recorder.note("replaceRules", json) }
}
