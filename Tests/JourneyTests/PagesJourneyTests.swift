import Foundation
import Testing

/// The journey of a customer without JavaScript, by the pages' forms.
@Suite(.serialized, .shape(.both)) struct PagesJourneyTests {
    static let address = [
        "email": "ada@example.com", "name": "Ada Park", "line1": "12 Mill Lane", "city": "Portland", "region": "OR",
        "postal_code": "97201", "country": "US",
    ]

    @Test func aGuestBuysAndCancels() async throws {
        try await withShop { shop in
            let browser = Browser(shop)
            #expect(try await browser.open("/") == 200)
            #expect(try await browser.open("/categories/kitchen") == 200)
            #expect(try await browser.open("/search?q=mug") == 200)
            #expect(browser.page.contains("Stoneware Mug"))
            try await browser.open("/products/stoneware-mug")
            let choice = [
                "product": "stoneware-mug", "variant_id": browser.value(of: "variant_id") ?? "", "quantity": "2",
            ]
            #expect(try await browser.submit("/cart/lines", choice.merging(["csrf": "forged"]) { $1 }) == 403)
            try await browser.open("/products/stoneware-mug")
            #expect(try await browser.submit("/cart/lines", choice) == 200)
            #expect(browser.path == "/cart")
            #expect(try await browser.submit("/cart/coupons", ["code": "WELCOME10"]) == 200)

            try await browser.open("/checkout")
            #expect(try await browser.submit("/checkout", ["email": "foo", "name": "Ada", "country": "ZZ"]) == 422)
            #expect(browser.page.contains("class=\"error\""))
            #expect(try await browser.submit("/checkout", Self.address) == 200)
            let order = Self.order(browser, paying: "tok_declined")
            #expect(try await browser.submit("/checkout/place", order) == 402)
            #expect(browser.page.contains("role=\"alert\" tabindex=\"-1\" autofocus>The bank declined this payment."))
            // As a browser whose connection breaks before the response, and one with an old page.
            let (cutOff, stale) = (browser.copy(), browser.copy())
            let paid = Self.order(browser, paying: "tok_success")
            for page in [cutOff, stale] { try await page.open("/checkout") }
            #expect(try await browser.submit("/checkout/place", paid) == 200)
            #expect(browser.path.hasSuffix("/thank-you"), "\(browser.path)")
            let thanks = browser.path
            #expect(try await cutOff.submit("/checkout/place", paid) == 200)
            #expect(cutOff.path == thanks)
            #expect(try await stale.submit("/checkout/place", Self.order(stale, paying: "tok_success")) == 200)
            #expect(stale.path == "/cart" && stale.page.contains("has already been ordered"), "\(stale.path)")
            try await stale.open("/products/stoneware-mug")
            #expect(try await stale.submit("/cart/lines", choice) == 200)
            #expect(stale.path == "/cart" && stale.page.contains("Stoneware Mug"))
            let cancel = thanks.replacingOccurrences(of: "thank-you", with: "cancel")
            #expect(try await browser.submit(cancel, [:]) == 200)
            #expect(browser.page.localizedCaseInsensitiveContains("cancelled"))
        }
    }

    @Test func aChangedTotalIsShownBeforeItIsCharged() async throws {
        try await withShop { shop in
            let browser = Browser(shop)
            try await browser.open("/products/round-mirror")
            let variant = browser.value(of: "variant_id") ?? ""
            let choice = ["product": "round-mirror", "variant_id": variant, "quantity": "1"]
            #expect(try await browser.submit("/cart/lines", choice) == 200)
            try await browser.open("/checkout")
            #expect(try await browser.submit("/checkout", Self.address) == 200)
            let shown = Self.order(browser, paying: "tok_success")
            let changed = try await shop.api(
                "PATCH", "/admin/products/round-mirror", token: try await shop.administrator(),
                #"{"variants":[{"id":"\#(variant)","price":{"amount":123456,"currency":"USD"}}]}"#)
            #expect(changed.status == 200, "\(changed.text)")
            #expect(try await browser.submit("/checkout/place", shown) == 200)
            #expect(browser.path == "/checkout" && browser.page.contains("A price has changed"))
            #expect(browser.page.contains("1,234.56"))
            // The message is at the top of the page: not /checkout#delivery.
            let express = Self.order(browser, paying: "tok_success").merging(["shipping_option_id": "express"]) { $1 }
            #expect(try await browser.submit("/checkout/place", express) == 200)
            #expect(browser.path == "/checkout" && browser.page.contains("Please confirm it once more."))
            #expect(try await browser.submit("/checkout/place", Self.order(browser, paying: "tok_success")) == 200)
            #expect(browser.path.hasSuffix("/thank-you"), "\(browser.path)")
        }
    }

    @Test func aCustomerLogsInAndSeesTheOrder() async throws {
        try await withShop { shop in
            let browser = Browser(shop)
            try await browser.open("/account/login")
            let wrong = ["email": "customer@example.com", "password": "not the password"]
            #expect(try await browser.submit("/account/login", wrong) == 422)
            let right = ["email": "customer@example.com", "password": "magpie-demo"]
            #expect(try await browser.submit("/account/login", right) == 200)
            try await browser.open("/products/round-mirror")
            let choice = [
                "product": "round-mirror", "variant_id": browser.value(of: "variant_id") ?? "", "quantity": "1",
            ]
            #expect(try await browser.submit("/cart/lines", choice) == 200)
            try await browser.open("/checkout")
            #expect(try await browser.submit("/checkout", Self.address) == 200)
            #expect(try await browser.submit("/checkout/place", Self.order(browser, paying: "tok_success")) == 200)
            try await browser.open("/account")
            let order = try #require(browser.find(#"/account/orders/ord_\w+"#))
            #expect(try await browser.open(order) == 200)
            let stranger = Browser(shop)
            #expect(try await stranger.open(order) != 200 || !stranger.page.contains("12 Mill Lane"))
        }
    }

    /// The other values of a filter that takes one value keep their counts.
    @Test func activeFiltersKeepTheCountsOfOtherValues() async throws {
        try await withShop { shop in
            let browser = Browser(shop)
            try await browser.open("/categories/kitchen?vendor=Magpie%20Forge")
            #expect(browser.page.contains(">2 products</p>"))
            #expect(
                browser.page.contains("value=\"Magpie Forge\" checked> Magpie Forge <span class=\"muted\">2</span>"))
            #expect(browser.page.contains("value=\"Magpie Mill\"> Magpie Mill <span class=\"muted\">1</span>"))
            #expect(browser.page.contains("<a href=\"/categories/kitchen#results\">Remove all filters</a>"))
            try await browser.open("/search?q=linen&category=kitchen")
            #expect(browser.page.contains("name=\"category\" value=\"wear\"> Wear"))
            // Colours are searched like other words.
            try await browser.open("/search?q=moss%20mug")
            #expect(browser.page.contains(">1 product</p>") && browser.page.contains("Stoneware Mug"))
        }
    }

    @Test func unknownAddressesShowAPage() async throws {
        try await withShop { shop in
            let browser = Browser(shop)
            for path in ["/nope", "/products", "/categories/", "/orders/x", "/products/no/such"] {
                let status = try await browser.open(path)
                #expect(status == 404)
                #expect(browser.page.contains("</html>"), "\(path): \(browser.page)")
            }
            #expect(try await shop.api("GET", "/nope").code == "not_found")
        }
    }

    /// The checkout form as the page filled it in.
    static func order(_ browser: Browser, paying token: String) -> [String: String] {
        [
            "cart_id": browser.value(of: "cart_id") ?? "", "key": browser.value(of: "key") ?? "",
            "total": browser.value(of: "total") ?? "",
            "shipping_option_id": browser.value(of: "shipping_option_id", checked: true) ?? "", "payment_token": token,
        ]
    }
}
