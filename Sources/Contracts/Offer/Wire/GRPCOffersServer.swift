import CommerceWire
package import GRPCCore
package import OfferContract
import SwiftProtobuf

/// Offers these offers to other processes.
package struct GRPCOffersServer: Magpie_Offer_V1_Offers.SimpleServiceProtocol {
    private let offers: any Offers

    package init(_ offers: any Offers) { self.offers = offers }

    package func price(
        request: Magpie_Offer_V1_PricingRequest, context: ServerContext
    ) async throws -> Magpie_Offer_V1_PricedCart {
        Magpie_Offer_V1_PricedCart(try await offers.price(PricingRequest(wire: request)))
    }

    package func listShippingOptions(
        request: Magpie_Offer_V1_PricingRequest, context: ServerContext
    ) async throws -> Magpie_Offer_V1_ListShippingOptionsResponse {
        let options = try await offers.shippingOptions(PricingRequest(wire: request))
        return .with { $0.options = options.map(Magpie_Offer_V1_ShippingOption.init) }
    }

    package func getRules(
        request: Magpie_Offer_V1_GetRulesRequest, context: ServerContext
    ) async throws -> Magpie_Offer_V1_Rules {
        let json = try await offers.rules()
        return .with { $0.json = json }
    }

    package func replaceRules(
        request: Magpie_Offer_V1_ReplaceRulesRequest, context: ServerContext
    ) async throws -> Magpie_Offer_V1_ReplaceRulesResponse {
        try await offers.replaceRules(request.json)
        return Magpie_Offer_V1_ReplaceRulesResponse()
    }
}
