import Foundation
import Testing

/// Tax by region, from the address to the order; the demo taxes regions of the US.
@Suite(.serialized, .shape(.both)) struct AddressJourneyTests {
    private static func address(_ more: String) -> String {
        #"{"shipping_address":{"name":"A Buyer","line1":"1 Hill St","city":"Los Angeles",\#(more)}}"#
    }

    @Test func theRegionDecidesAboutTax() async throws {
        try await withShop { shop in
            let cart = try await shop.filledCart(handle: "stoneware-mug", quantity: 1)
            func change(_ more: String) async throws -> Answer {
                try await shop.api("PATCH", "/carts/\(cart)", Self.address(more))
            }
            for region in ["", #","region":"Ontario""#] {
                let refused = try await change(#""postal_code":"90001","country":"US"\#(region)"#)
                #expect(refused.status == 422, "\(refused.text)")
                #expect(refused.json["errors"][0]["field"].string == "shipping_address.region")
                let code = region.isEmpty ? "required" : "unknown_region"
                #expect(refused.json["errors"][0]["code"].string == code)
            }
            for region in ["california", "US-CA"] {
                let taxed = try await change(#""postal_code":"90001","country":"US","region":"\#(region)""#)
                #expect(taxed.status == 200 && taxed.json["shipping_address"]["region"].string == "CA")
                #expect((taxed.json["totals"]["tax_total"]["amount"].int ?? 0) > 0)
                #expect(taxed.json["tax_pending"].bool == false)
            }
            let hongKong = try await change(#""country":"HK""#)
            #expect(hongKong.status == 200, "\(hongKong.text)")
            #expect(hongKong.json["region_countries"][0].string == "US")
            #expect(hongKong.json["totals"]["tax_total"]["amount"].int == 0)
        }
    }

    @Test func aCartFromBeforeTheRuleIsNotSoldUntaxed() async throws {
        try await withShop { shop in
            let admin = try await shop.administrator()
            let rules = try await shop.api("GET", "/admin/offers", token: admin)
            var document = try #require(try JSONSerialization.jsonObject(with: rules.body) as? [String: Any])
            func replaceRules(taxes: [[String: Any]]) async throws -> Answer {
                document["taxes"] = taxes
                let text = String(decoding: try JSONSerialization.data(withJSONObject: document), as: UTF8.self)
                return try await shop.api("PUT", "/admin/offers", token: admin, text)
            }
            #expect(try await replaceRules(taxes: []).status == 200)
            let cart = try await shop.filledCart(handle: "stoneware-mug", quantity: 1)
            let old = #""postal_code":"90001","country":"US""#
            #expect(try await shop.api("PATCH", "/carts/\(cart)", Self.address(old)).status == 200)
            let unknown = try await replaceRules(taxes: [["country": "US", "regions": ["Ontario"], "basis_points": 1]])
            #expect(unknown.status == 422 && unknown.text.contains("is no region of US"), "\(unknown.text)")
            let california: [String: Any] = ["country": "US", "regions": ["California"], "basis_points": 725]
            #expect(try await replaceRules(taxes: [california]).status == 200)
            let shown = try await shop.api("GET", "/carts/\(cart)")
            #expect(shown.status == 200 && shown.json["tax_pending"].bool == true)
            let refused = try await shop.checkout(cart: cart, key: "old")
            #expect(refused.status == 422, "\(refused.text)")
            #expect(refused.json["errors"][0]["field"].string == "shipping_address.region")
            let fixed = try await shop.api("PATCH", "/carts/\(cart)", Self.address(old + #","region":"CA""#))
            #expect(fixed.status == 200, "\(fixed.text)")
            let order = try await shop.checkout(cart: cart, key: "old")
            #expect(order.status == 201, "\(order.text)")
            #expect((order.json["totals"]["tax_total"]["amount"].int ?? 0) > 0)
        }
    }

    /// By the pages' forms, without JavaScript.
    @Test func aGuestChoosesTheStateOnThePage() async throws {
        try await withShop { shop in
            let browser = Browser(shop)
            try await browser.open("/products/round-mirror")
            let choice = [
                "product": "round-mirror", "variant_id": browser.value(of: "variant_id") ?? "", "quantity": "1",
            ]
            #expect(try await browser.submit("/cart/lines", choice) == 200)
            #expect(browser.page.contains("before delivery and tax"))
            try await browser.open("/checkout")
            #expect(browser.page.contains("<option value=\"CA\">California</option>"))
            var address = PagesJourneyTests.address
            address["region"] = ""
            address["region_country"] = "US"
            #expect(try await browser.submit("/checkout", address) == 422)
            #expect(browser.page.contains("id=\"region-e\""))
            // Another country, with a state of the list that was on the page.
            (address["country"], address["region"], address["postal_code"]) = ("HK", "CA", "")
            #expect(try await browser.submit("/checkout", address) == 200)
            #expect(browser.page.contains("Portland<br>"))
            try await browser.open("/checkout?edit=1&country=US")
            #expect(browser.page.contains("<option value=\"CA\">California</option>"))
            (address["country"], address["region"], address["postal_code"]) = ("US", "CA", "90001")
            #expect(try await browser.submit("/checkout", address) == 200)
            #expect(browser.page.contains("Portland, CA, 90001") && browser.page.contains("<dt>Tax</dt>"))
            #expect(!browser.page.contains("before delivery") && !browser.page.contains("before tax"))
        }
    }
}
