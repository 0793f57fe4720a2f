import ProductContract
import Testing

@testable import Storefront

@Suite struct VariantChoiceTests {
    let product = TemplateTests.product(stock: ["Clay": 0, "Ink": 2, "Oat": 4], title: "Mug")

    @Test func theFirstThatCanBeBoughtIsChosen() { #expect(VariantChoice(product: product).values == ["Ink"]) }

    @Test func theVisitorsChoiceIsUsed() {
        let choice = VariantChoice(product: product, wanted: [0: "Clay"])
        #expect(choice.exact?.sku == "MUG-Clay")
        #expect(!choice.isAvailable("Clay", at: 0))
        #expect(choice.isAvailable("Oat", at: 0))
    }

    @Test func unknownValuesAreIgnored() {
        #expect(VariantChoice(product: product, wanted: [0: "Pink"]).exact?.sku == "MUG-Ink")
    }
}
