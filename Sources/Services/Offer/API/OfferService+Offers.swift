import AuthContract
package import OfferContract
import ServiceKit

extension OfferService: Offers {
    package func price(_ request: PricingRequest) async throws -> PricedCart {
        try await boundary.call { try pricing.run(request).cart }
    }

    package func shippingOptions(_ request: PricingRequest) async throws -> [ShippingOption] {
        try await boundary.call { try pricing.run(request).shippingOptions }
    }

    /// Staff, `offers:write`: the document names coupon codes.
    package func rules() async throws -> String {
        try await boundary.call {
            try CallContext.current.principal.require(.offersWrite)
            return activeRules.document
        }
    }

    package func replaceRules(_ json: String) async throws {
        try await boundary.call {
            let caller = CallContext.current.principal
            try caller.require(.offersWrite)
            try await replacement.run(json, by: caller.name)
        }
    }
}
