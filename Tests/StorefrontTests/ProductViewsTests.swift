import Foundation
import HTML
import ProductContract
import Testing

@testable import Storefront

@Suite struct ProductViewsTests {
    let templates: TemplateLibrary

    init() throws { templates = try Resources.templates() }

    @Test func aLowStockIsShown() {
        let product = TemplateTests.product(stock: ["Clay": 0, "Oat": 3], title: TemplateTests.hostile)
        let choice = VariantChoice(product: product)
        let html = templates.render("product", ProductViews.product(product, choice: choice, image: nil))
        #expect(choice.values == ["Oat"])
        #expect(html.contains("Only 3 left"))
        #expect(html.contains("$24.00"))
        #expect(html.contains("Save $4.00"))
        #expect(!html.contains("<script>"))
    }

    @Test func soldOutProductsCannotBeAdded() {
        let product = TemplateTests.product(stock: ["Clay": 0, "Oat": 0], title: "Mug")
        let html = templates.render(
            "product", ProductViews.product(product, choice: VariantChoice(product: product), image: nil))
        #expect(html.contains("Sold out"))
        #expect(!html.contains("Add to cart"))
    }

    @Test func aSoldOutVariantPointsToOthersInStock() {
        let product = TemplateTests.product(stock: ["Clay": 0, "Oat": 3], title: "Mug")
        let clay = VariantChoice(product: product, wanted: [0: "Clay"])
        let html = templates.render("product", ProductViews.product(product, choice: clay, image: nil))
        #expect(html.contains("disabled>Sold out</button><p class=\"muted\">Please choose another"))
    }

    /// Enter in a field presses the form's first button, hidden or not.
    @Test func addToCartIsTheFirstButtonOfItsForm() throws {
        let product = TemplateTests.product(stock: ["Clay": 1, "Oat": 3], title: "Mug")
        let html = templates.render(
            "product", ProductViews.product(product, choice: VariantChoice(product: product), image: nil))
        let form = try #require(html.components(separatedBy: "class=\"picker\"").last)
        let button = try #require(form.firstMatch(of: #/<button[^>]*type="submit"[^>]*>([^<]*)</#))
        #expect(button.1 == "Add to cart")
    }
}
