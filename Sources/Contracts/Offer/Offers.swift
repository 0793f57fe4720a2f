/// Prices, promotions, shipping and tax: pure functions of the rules in force. Every method throws `ServiceError`.
package protocol Offers: Sendable {
    /// Prices a cart; unknown or unusable coupons are in `rejectedCoupons`, never thrown.
    func price(_ request: PricingRequest) async throws -> PricedCart
    /// What it costs to send these lines to this country; cheapest first. nil country: the shop's home country.
    func shippingOptions(_ request: PricingRequest) async throws -> [ShippingOption]
    /// The rules in force, as the JSON document they were loaded from.
    func rules() async throws -> String
    /// Staff, `offers:write`: checks and stores a new document (422 with every fault named), then applies it.
    func replaceRules(_ json: String) async throws
}
