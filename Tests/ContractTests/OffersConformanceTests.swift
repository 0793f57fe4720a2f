import Commerce
import ContractTestSupport
import OfferContract
import OfferService
import OfferWire
import ProductContract
import ServiceKit
import TestSupport
import Testing

/// The same offers, asked directly and from another process: the answers are the same.
@Suite struct OffersConformanceTests {
    private static let rules = #"""
        {"version": 1, "home_country": "US", "promotions": [], "taxes": [{"country": "US", "basis_points": 1000}],
         "shipping": [{"countries": ["*"], "options": [
           {"id": "standard", "name": "Standard", "estimate": "3–5 days", "prices": {"USD": 590}}]}]}
        """#

    private static let cart = PricingRequest(
        currency: .usd,
        lines: [
            .init(
                id: LineID(),
                detail: VariantDetail(
                    variant: Variant(
                        id: VariantID(), sku: "s", title: "", options: [:], price: Money(1_000, .usd),
                        compareAtPrice: nil, available: true, inventoryQuantity: nil), productID: ProductID(),
                    productHandle: "mug", productTitle: "Mug", category: nil, tags: [], imageURL: nil, published: true),
                quantity: 2)
        ], coupons: ["NONE"], shippingAddress: address, shippingOption: "standard", at: Samples.instant)

    private static let address = Address(
        name: "Ada", line1: "1 Lane", city: "Reno", region: "NV", postalCode: "89501", country: "US")

    @Test(arguments: Route.allCases) func pricesAndRules(_ route: Route) async throws {
        let service = try OfferService(rulesFile: nil, logger: quiet)
        try await withWire([GRPCOffersServer(service)]) { wire in
            let offers: any Offers = route == .overTheWire ? GRPCOffersClient(wire.peer()) : service
            try await wire.calling(as: everyPermission) {
                try await offers.replaceRules(Self.rules)
                #expect(try await offers.rules() == Self.rules)
                let faults = await refusal { try await offers.replaceRules(#"{"version": 1}"#) }
                #expect(faults?.kind == .invalid && faults?.fields.isEmpty == false)
            }
            try await wire.calling {
                let priced = try await offers.price(Self.cart)
                #expect(priced == (try await service.price(Self.cart)))
                #expect(priced.totals.subtotal == Money(2_000, .usd) && priced.totals.shippingTotal == Money(590, .usd))
                #expect(priced.rejectedCoupons.map(\.reason) == ["coupon_unknown"])
                #expect(try await offers.shippingOptions(Self.cart).map(\.id) == ["standard"])
                let stranger = await refusal { try await offers.rules() }
                #expect(stranger == .unauthenticated)
            }
        }
    }
}
