import Commerce
import Foundation
import OfferContract
import OfferService
import Testing

/// What `docs/rules.md` shows is a document that the service takes, and does what the page says.
@Suite struct RulesPageTests {
    @Test func theExampleTaxesGoodsAndShipping() async throws {
        let page = try String(
            contentsOf: URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
                .deletingLastPathComponent().appending(path: "docs/rules.md"), encoding: .utf8)
        let example = try #require(page.firstMatch(of: /```json\n((?s).*?)```/)?.1)
        let offers = try await offers(String(example))
        let cart = try await offers.price(
            request([line(1_000, currency: .eur)], to: "DE", shipping: "standard", currency: .eur))
        #expect(cart.totals.shippingTotal == Money(490, .eur))
        #expect(cart.totals.taxTotal == Money(283, .eur))  // 19 % of 14.90, rounded.
        #expect(offers.shippingCurrencies == [.eur])
    }
}
