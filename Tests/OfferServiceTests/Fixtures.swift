import AuthContract
import Commerce
import Foundation
import OfferContract
import OfferService
import ProductContract
import ServiceKit
import TestSupport

let noon = Instant(milliseconds: 1_800_000_000_000)

func offers(_ rules: String) async throws -> OfferService {
    let service = try OfferService(rulesFile: nil, logger: quiet)
    try await staff { try await service.replaceRules(rules) }
    return service
}

func staff<Value>(
    isolation: isolated (any Actor)? = #isolation, _ body: () async throws -> Value
) async throws -> Value {
    try await CallContext(principal: .staff(CustomerID(), permissions: [.offersWrite])).run(body)
}

/// A document with these promotions, one zone for everybody and a 10 % tax in the US.
func document(
    _ promotions: String, zones: String = worldZone,
    taxes: String = #"[{"country": "US", "basis_points": 1000}]"#
) -> String {
    #"{"version": 1, "home_country": "US", "promotions": [\#(promotions)], "shipping": [\#(zones)], "taxes": \#(taxes)}"#
}

let worldZone = #"""
    {"countries": ["*"], "options": [
      {"id": "standard", "name": "Standard", "estimate": "3 days", "prices": {"USD": 590}, "free_from": {"USD": 7500}},
      {"id": "express", "name": "Express", "estimate": "1 day", "prices": {"USD": 1490, "EUR": 1390}}]}
    """#

func line(
    _ price: Int64, _ quantity: Int = 1, category: String? = nil, tags: [String] = [], currency: Currency = .usd
) -> PricingRequest.Line {
    let price = Money(price, currency)
    let variant = Variant(
        id: VariantID(), sku: "sku", title: "Plain", options: [:], price: price, compareAtPrice: nil, available: true,
        inventoryQuantity: nil)
    let detail = VariantDetail(
        variant: variant, productID: ProductID(), productHandle: "thing", productTitle: "Thing", category: category,
        tags: tags, imageURL: nil, published: true)
    return PricingRequest.Line(id: LineID(), detail: detail, quantity: quantity)
}

func request(
    _ lines: [PricingRequest.Line], coupons: [String] = [], to country: String? = nil, region: String? = nil,
    shipping: String? = nil, currency: Currency = .usd, at: Instant = noon
) -> PricingRequest {
    PricingRequest(
        currency: currency, lines: lines, coupons: coupons,
        shippingAddress: country.map {
            Address(name: "A", line1: "1", city: "C", region: region, postalCode: "1", country: $0)
        }, shippingOption: shipping, at: at)
}

extension PricedCart {
    var amounts: [Int64] {
        [totals.subtotal, totals.discountTotal, totals.shippingTotal, totals.taxTotal, totals.total].map(\.amount)
    }
}
