import Commerce
import OfferContract
import OfferService
import Testing

@Suite struct ShippingAndTaxTests {
    static let zones = #"""
        {"countries": ["US"], "options": [
          {"id": "standard", "name": "S", "estimate": "3 days", "prices": {"USD": 590}, "free_from": {"USD": 7500}},
          {"id": "express", "name": "E", "estimate": "1 day", "prices": {"USD": 1490}}]},
        {"countries": ["DE", "FR"], "options": [
          {"id": "parcel", "name": "P", "estimate": "5 days", "prices": {"USD": 990, "EUR": 900}}]}
        """#
    static let taxes = #"""
        [{"country": "US", "regions": ["CA", "California"], "basis_points": 725},
         {"country": "US", "basis_points": 100},
         {"country": "DE", "basis_points": 1900, "includes_shipping": true}]
        """#
    static let rules = document(
        #"{"id": "ten", "label": "10 %", "kind": "percentage", "percent": 10, "coupon": {"code": "TEN"}}"#,
        zones: zones,
        taxes: taxes)

    @Test func optionsDependOnTheCountryAndCheapestComesFirst() async throws {
        let service = try await offers(Self.rules)
        #expect(try await service.shippingOptions(request([line(1_000)])).map(\.id) == ["standard", "express"])
        #expect(try await service.shippingOptions(request([line(1_000)], to: "FR")).map(\.id) == ["parcel"])
        #expect(try await service.shippingOptions(request([line(1_000)], to: "JP")).isEmpty)
        let euros = request([line(1_000, currency: .eur)], to: "DE", currency: .eur)
        #expect(try await service.shippingOptions(euros).map(\.price) == [Money(900, .eur)])
    }

    @Test func freeShippingDependsOnThePriceAfterDiscounts() async throws {
        let service = try await offers(Self.rules)
        #expect(try await service.shippingOptions(request([line(7_500)])).map(\.price.amount) == [0, 1_490])
        let less = request([line(7_500)], coupons: ["TEN"])
        #expect(try await service.shippingOptions(less).map(\.price.amount) == [590, 1_490])
    }

    @Test func nothingIsChargedUntilAnOptionIsChosen() async throws {
        let cart = try await offers(Self.rules).price(request([line(1_000)], to: "US"))
        #expect(cart.shippingOption == nil)
        #expect(cart.totals.shippingTotal.amount == 0)
    }

    @Test func anOptionThatIsNotOfferedHereIsDropped() async throws {
        let cart = try await offers(Self.rules).price(request([line(1_000)], to: "DE", shipping: "express"))
        #expect(cart.shippingOption == nil)
        #expect(cart.amounts == [1_000, 0, 0, 190, 1_190])
    }

    @Test(
        arguments: [
            ("US", "CA", [1_000, 100, 590, 65, 1_555]), ("US", "california", [1_000, 100, 590, 65, 1_555]),
            ("US", "US-CA", [1_000, 100, 590, 65, 1_555]), ("US", "OR", [1_000, 100, 590, 9, 1_499]),
            ("FR", nil, [1_000, 100, 0, 0, 900]),
        ] as [(String, String?, [Int64])])
    func taxIsOnGoodsAfterDiscounts(country: String, region: String?, amounts: [Int64]) async throws {
        let asked = request(
            [line(500), line(500)], coupons: ["TEN"], to: country, region: region, shipping: "standard")
        #expect(try await offers(Self.rules).price(asked).amounts == amounts)
    }

    @Test func taxMayIncludeShipping() async throws {
        let cart = try await offers(Self.rules).price(request([line(1_000)], to: "DE", shipping: "parcel"))
        #expect(cart.amounts == [1_000, 0, 990, 378, 2_368])
    }
}
