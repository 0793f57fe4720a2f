import CartContract
import Commerce
import Foundation
import HTML
import OfferContract
import OrderContract
import ProductContract
import ServiceKit
import Testing

@testable import Storefront

/// What merchants and visitors enter is shown as text.
@Suite struct TemplateTests {
    static let hostile = "\"><script>alert('x')</script>&{{csrf}}"
    /// A combining accent, a combining keycap and a prepended mark: none of them hides markup.
    static let disguises = [
        "\"\u{301}>\u{301}<script\u{301}>alert('\u{301}x')", "\"\u{20E3}>\u{20E3}<script\u{20E3}>alert('\u{20E3}x')",
        "\u{600}\"\u{600}>\u{600}<script>alert(\u{600}'x')",
    ]
    let templates: TemplateLibrary

    init() throws { templates = try Resources.templates() }

    /// A value for every name any template asks for, all of them hostile.
    static func hostileView(_ hostile: String = hostile) throws -> [String: View] {
        var view: [String: View] = [:]
        for file in try FileManager.default.contentsOfDirectory(
            at: try Resources.folder().appending(path: "templates"), includingPropertiesForKeys: nil)
        {
            let text = try String(contentsOf: file, encoding: .utf8)
            for match in text.matches(of: #/\{\{[#^]?([a-z_]+)\}\}/#) { view[String(match.1)] = .text(hostile) }
        }
        view["description_html"] = .text(HTMLSanitizer.sanitized(hostile))
        view["editing"] = nil
        return view
    }

    @Test(arguments: [
        "home", "list", "product", "cart", "checkout", "thanks", "order", "account", "sign", "error",
    ])
    func hostileTextIsEscaped(name: String) throws {
        var view = try Self.hostileView()
        for editing in [true, false] {
            view["editing"] = .flag(editing)
            let html = templates.render(name, view)
            #expect(html.contains("</html>"))
            #expect(html.contains("&lt;script&gt;alert(&#39;x&#39;)"))
            #expect(!html.contains("<script>"))
            #expect(!html.contains("style=\"") && !html.contains("onclick"))
        }
    }

    @Test(arguments: disguises) func combiningMarksDoNotHideMarkup(text: String) throws {
        for name in ["home", "list", "product", "cart", "checkout", "thanks", "order", "account", "sign", "error"] {
            var view = try Self.hostileView(text)
            // Text of an element, in which a quote is no markup; the sanitiser's own tests cover it.
            view["description_html"] = nil
            let html = Array(templates.render(name, view).utf8)
            let found = ["<script>", "\"\u{301}", "\"\u{20E3}", "\u{600}\"", "\u{600}<", "\u{600}>", "\u{600}'"]
                .filter { html.contains($0.utf8) }
            #expect(found.isEmpty, "\(name)")
        }
    }

    /// They were sanitised when they were stored.
    @Test func descriptionsAreShownAsTheyAreStored() {
        var product = Self.product(stock: ["Clay": 1], title: "Mug")
        product.descriptionHTML = "<h2>Care</h2><p>See <a href=\"https://x.test/\">this</a>.</p>\"&lt;\u{301}i&gt;"
        let html = templates.render(
            "product", ProductViews.product(product, choice: VariantChoice(product: product), image: nil))
        #expect(html.contains("<h2>Care</h2><p>See <a href=\"https://x.test/\">this</a>.</p>"))
        #expect(Array(html.utf8).contains("\"&lt;\u{301}i&gt;".utf8))
    }

    @Test(arguments: disguises) func sitemapsStayWellFormed(text: String) {
        let xml = Array(Sitemap.document(["https://shop.test/?a&\u{301}" + text]).utf8)
        #expect(!xml.contains("<script".utf8) && !xml.contains("&\u{301}".utf8) && !xml.contains("\u{600}<".utf8))
        #expect(xml.contains("a&amp;\u{301}".utf8))
    }

    @Test func onlyTheDescriptionIsRaw() throws {
        for file in try FileManager.default.contentsOfDirectory(
            at: try Resources.folder().appending(path: "templates"), includingPropertiesForKeys: nil)
        {
            let text = try String(contentsOf: file, encoding: .utf8)
            let raw = text.matches(of: #/\{\{\{\s*(\w+)\s*\}\}\}|\{\{&/#).map { $0.1.map { String($0) } ?? "&" }
            #expect(raw.allSatisfy { $0 == "description_html" })
        }
    }

    @Test func everyPageHasOneHeading() throws {
        for name in ["home", "list", "product", "cart", "checkout", "order", "account", "sign", "error"] {
            #expect(templates.render(name, ["heading": "x"]).components(separatedBy: "<h1").count == 2)
        }
    }

    @Test func wrongFieldsKeepWhatWasTyped() {
        var entered = CheckoutContact()
        entered.email = "not an address"
        let problems: [ServiceError.Field] = [
            .init(field: "email", code: "invalid_email", detail: "is no e-mail address"),
            .init(field: "shipping_address.city", code: "required", detail: "must not be empty"),
        ]
        let html = templates.render("checkout", CheckoutViews.editing(entered, problems: problems))
        #expect(html.contains("value=\"not an address\""))
        #expect(html.contains("id=\"email-e\""))
        #expect(html.contains("id=\"city-e\">Please fill this in."))
        #expect(html.contains("<option value=\"DE\">Germany</option>"))
    }

    @Test func withoutAPaymentMethodThePageSaysSoAndHasNoButton() {
        let method = PaymentMethod(
            provider: "bank", name: "Bank", kind: .init(rawValue: "later"),
            choices: [.init(token: "tok_x", name: "Card X", hint: "")])
        func page(_ methods: [PaymentMethod]) -> String {
            let option = ShippingOption(id: "standard", name: "Standard", price: .zero(.usd), estimate: "")
            let zero = Money.zero(.usd)
            let cart = Cart(
                id: CartID(), currency: .usd, email: "ada@example.com", lines: [], coupons: [], shippingAddress: nil,
                billingAddress: nil, shippingOption: option,
                totals: Totals(subtotal: zero, discountTotal: zero, shippingTotal: zero, taxTotal: zero, total: zero),
                createdAt: .now, updatedAt: .now, orderID: nil)
            return templates.render(
                "checkout",
                CheckoutViews.paying(
                    cart, options: [option], methods: methods, key: "k", paymentError: nil, chosen: nil))
        }
        let none = page([])
        #expect(none.contains("takes no payments yet"))
        #expect(!none.contains("Place the order") && !none.contains("payment_token"))
        let some = page([method])
        #expect(some.contains("Place the order") && some.contains("Card X") && some.contains("value=\"tok_x\" checked"))
        #expect(!some.contains("takes no payments") && !some.contains("nothing is charged"))
    }

    static func product(stock: [String: Int], title: String) -> Product {
        let variants = stock.sorted { $0.key < $1.key }.map { colour, left in
            Variant(
                id: VariantID(), sku: "MUG-" + colour, title: colour, options: ["Colour": colour],
                price: Money(2_400, .usd), compareAtPrice: Money(2_800, .usd), available: left > 0,
                inventoryQuantity: left)
        }
        return Product(
            id: ProductID(), handle: "mug", title: title, descriptionHTML: HTMLSanitizer.sanitized("<p>\(title)</p>"),
            vendor: title,
            category: nil,
            tags: [], images: [.init(url: "/media/mug.svg", alt: title)],
            options: [.init(name: "Colour", values: stock.keys.sorted())], variants: variants,
            priceRange: .init(min: Money(2_400, .usd), max: Money(2_400, .usd)),
            available: stock.values.contains { $0 > 0 }, seo: .init(title: title, description: ""),
            createdAt: .now, status: .published, version: 1)
    }
}
