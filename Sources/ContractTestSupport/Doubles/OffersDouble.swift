package import OfferContract

/// Offers that record their inputs and return what they are given.
package struct OffersDouble: Offers {
    package var recorder: CallRecorder
    package var cart: PricedCart
    package var name: String

    package init(recorder: CallRecorder = CallRecorder(), cart: PricedCart = Samples.fullCart, name: String = "{}") {
        self.recorder = recorder
        self.cart = cart
        self.name = name
    }

    package func price(_ request: PricingRequest) async throws -> PricedCart {
        try await recorder.note("price", request)
        return cart
    }

    package func shippingOptions(_ request: PricingRequest) async throws -> [ShippingOption] {
        try await recorder.note("shippingOptions", request)
        return [Samples.shippingOption]
    }

    package func rules() async throws -> String {
        try await recorder.note("rules", 0)
        return name
    }

    package func replaceRules(_ json: String) async throws { try await recorder.note("replaceRules", json) }
}
