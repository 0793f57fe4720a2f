import Commerce
import Foundation
import OfferContract
import OrderContract
import ServiceKit
import Testing
import Web

@testable import Storefront

/// What pages say when the shop is nobody's demo.
@Suite struct ShopProfileTests {
    @Test func withoutWordsOfItsOwnAShopSaysWhatItSells() {
        let profile = ShopProfile(name: "Nordlys")
        let wording = profile.wording(categories: ["Lamps", "Shades", "Bulbs", "Cables", "Tools"])
        #expect(wording.heading == "Nordlys")
        #expect(wording.lead == "Lamps, Shades, Bulbs, Cables and more.")
        #expect(profile.wording(categories: []).lead == nil)
    }

    @Test func theFooterLinksToWhatIsSet() {
        #expect(ShopProfile().links.isEmpty)
        let profile = ShopProfile(contactMail: "help@nordlys.test", privacyURL: "https://nordlys.test/privacy")
        #expect(profile.links.map(\.url) == ["mailto:help@nordlys.test", "https://nordlys.test/privacy"])
    }

    /// The templates and script hold no words that only the demo shop can say.
    @Test func noTemplateSpeaksForTheDemo() throws {
        for file in try FileManager.default.contentsOfDirectory(
            at: try Resources.folder().appending(path: "templates"), includingPropertiesForKeys: nil)
        {
            let text = try String(contentsOf: file, encoding: .utf8).lowercased()
            for word in ["stoneware", "linen", "mug", "general store", "chosen with care"] {
                #expect(!text.contains(word), "\(file.lastPathComponent)")
            }
        }
    }
}

@Suite struct WayOnTests {
    let templates: Templates

    init() throws { templates = try Templates(folder: try Resources.folder().appending(path: "templates")) }

    @Test func anExpiredFormLeadsBackToItsPage() {
        let problem = Problem(ServiceError(.forbidden, code: "form_expired", "The form has expired."))
        let html = templates.render("error", ErrorViews.error(problem, requestID: "", origin: "/products/mug?o0=Clay"))
        #expect(html.contains("<a class=\"button\" href=\"/products/mug?o0=Clay\">Back to the page</a>"))
    }

    @Test func whatIsSoldOutSaysWhetherThereIsAnother() {
        let product = TemplateTests.product(stock: ["Clay": 0, "Oat": 3], title: "Mug")
        let clay = VariantChoice(product: product, wanted: [0: "Clay"])
        let html = templates.render("product", CatalogueViews.product(product, choice: clay, image: nil))
        #expect(html.contains("disabled>Sold out</button><p class=\"muted\">Please choose another"))
    }

    /// Enter in a field presses the form's first button, hidden or not.
    @Test func addToCartIsTheFirstButtonOfItsForm() throws {
        let product = TemplateTests.product(stock: ["Clay": 1, "Oat": 3], title: "Mug")
        let html = templates.render(
            "product", CatalogueViews.product(product, choice: VariantChoice(product: product), image: nil))
        let form = try #require(html.components(separatedBy: "class=\"picker\"").last)
        let button = try #require(form.firstMatch(of: #/<button[^>]*type="submit"[^>]*>([^<]*)</#))
        #expect(button.1 == "Add to cart")
    }

    @Test func cancellingIsAskedTwiceAndACancelledOrderGoesNowhere() {
        var view: [String: View] = ["cancellable": true, "cancel_url": "/orders/x/cancel", "was_cancelled": false]
        let open = templates.render("order", view)
        #expect(open.contains("<summary class=\"button quiet wide\">Cancel this order</summary>"))
        #expect(open.contains("Delivery address"))
        view["was_cancelled"] = true
        #expect(!templates.render("order", view).contains("Delivery address"))
    }
}
