import CartContract
import Commerce
import Foundation
import HTML
import OfferContract
import ServiceKit
import Testing

@testable import Storefront

/// The checkout form where tax depends on the region, and totals before tax is known.
@Suite struct CheckoutFormTests {
    let templates: TemplateLibrary

    init() throws { templates = try Resources.templates() }

    private func form(_ country: String, region: String? = nil, problems: [ServiceError.Field] = []) -> String {
        var entered = CheckoutContact()
        entered.address.country = country
        entered.address.region = region
        return templates.render(
            "checkout", CheckoutViews.editing(entered, regionCountries: ["CA", "US"], problems: problems))
    }

    @Test func theRegionIsChosenFromTheCountrysList() {
        let html = form("US", region: "california")
        #expect(html.contains("<select id=\"region\" name=\"region\" autocomplete=\"address-level1\" required>"))
        #expect(html.contains("<option value=\"CA\" selected>California</option>"))
        #expect(html.contains("<option value=\"AP\">Armed Forces Pacific</option>"))
        #expect(html.contains("name=\"region_country\" value=\"US\""))
        #expect(!html.contains("Ontario"))
        #expect(form("CA").contains("<option value=\"ON\">Ontario</option>"))
        #expect(
            form("DE", region: "Bayern").contains("<input id=\"region\" name=\"region\" type=\"text\" value=\"Bayern\"")
        )
    }

    @Test func theCountryComesBeforeWhatDependsOnIt() throws {
        let html = form("US")
        let places = try ["id=\"country\"", "id=\"line1\"", "id=\"region\"", "id=\"postal_code\""].map {
            try #require(html.range(of: $0)).lowerBound
        }
        #expect(places == places.sorted())
    }

    @Test func aMissingOrUnknownRegionIsReportedBesideTheList() {
        let missing = form("US", problems: [.init(field: "shipping_address.region", code: "required", detail: "-")])
        #expect(missing.contains("aria-describedby=\"region-e\"") && missing.contains("Please fill this in."))
        let unknown = form("US", problems: [.init(field: "region", code: "unknown_region", detail: "-")])
        #expect(unknown.contains("Please choose your state or region from the list."))
    }

    @Test func aPostcodeIsOptionalWhereACountryHasNone() {
        #expect(form("HK").contains("Postcode <span class=\"muted\">(optional)</span>"))
        #expect(!form("GB").contains("Postcode <span class=\"muted\">(optional)</span>"))
    }

    /// Without JavaScript the list on the page is that of the country chosen before.
    @Test(arguments: [("US", "OR"), ("CA", nil), ("GB", nil)] as [(String, String?)])
    func aRegionFromAnotherCountrysListIsIgnored(country: String, region: String?) throws {
        let form = try FormFields(Array("country=\(country)&region=OR&region_country=US".utf8))
        #expect(CheckoutContact(form).address.region == region)
        let without = try FormFields(Array("country=\(country)&region=OR".utf8))
        #expect(CheckoutContact(without).address.region == "OR")
    }

    @Test func totalsSayWhatTheyDoNotIncludeYet() {
        func totals(_ pending: Bool, _ shipping: ShippingOption?) -> String {
            let zero = Money.zero(.usd)
            let cart = Cart(
                id: CartID(), currency: .usd, email: nil, lines: [], coupons: [], shippingAddress: nil,
                billingAddress: nil, shippingOption: shipping,
                totals: Totals(
                    subtotal: zero, discountTotal: zero, shippingTotal: zero, taxTotal: zero, total: zero),
                isTaxPending: pending, createdAt: Instant(milliseconds: 0), updatedAt: Instant(milliseconds: 0),
                orderID: nil)
            return templates.render("totals", CartViews.cart(cart))
        }
        let option = ShippingOption(id: "s", name: "Standard", price: .zero(.usd), estimate: "")
        #expect(totals(true, nil).contains("before delivery and tax"))
        #expect(totals(true, option).contains("before tax") && totals(true, option).contains("depends on your address"))
        #expect(totals(false, nil).contains("before delivery") && !totals(false, nil).contains("Tax"))
        #expect(!totals(false, option).contains("before"))
    }

    @Test func addressesShowTheRegionAsIsCustomary() {
        let address = Address(
            name: "A", line1: "1", city: "Los Angeles", region: "California", postalCode: "90001", country: "US")
        #expect(lines(address).contains("Los Angeles, CA, 90001"))
        var tokyo = address
        (tokyo.city, tokyo.region, tokyo.country) = ("Minato", "13", "JP")
        #expect(lines(tokyo).contains("Minato, Tokyo, 90001"))
        var hongKong = address
        (hongKong.city, hongKong.region, hongKong.country, hongKong.postalCode) = ("Kowloon", nil, "HK", "")
        #expect(lines(hongKong).contains("Kowloon<br>"))
    }

    private func lines(_ address: Address) -> String {
        templates.render("checkout", ["editing": false, "address_lines": CartViews.addressLines(address)])
    }
}
