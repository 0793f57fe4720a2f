import Foundation
import NIOHTTP1
import Testing

/// Journeys of customers and staff by HTTP against `magpie up`.
@Suite(.serialized, .shape(.both)) struct ShoppingJourneyTests {
    /// A catalogue and the products to buy in it.
    struct Catalogue: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var products: Int
        var categories: Int
        /// A search text and its first result.
        var search: String
        var found: String
        /// Two variants: of which product, and which of its variants.
        var goods: [(handle: String, variant: Int, quantity: Int)]

        static let demo = Catalogue(
            testDescription: "demo", products: 36, categories: 6, search: "stoneware%20mug", found: "stoneware-mug",
            goods: [("stoneware-mug", 0, 2), ("stoneware-mug", 1, 1)])
        static let imported = Catalogue(
            testDescription: "imported", products: 40, categories: 4, search: "plant%20pot", found: "clay-plant-pot",
            goods: [("brown-throw-pillows", 0, 2), ("classic-varsity-top", 0, 1)])

        /// The real exports that lie beside the checkout.
        static let exports = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appending(path: "shared/data/shopify")
        static let available: [Catalogue] =
            FileManager.default.fileExists(atPath: exports.path) ? [.demo, .imported] : [.demo]
    }

    @Test(arguments: Catalogue.available) func fromRegistrationToReports(in catalogue: Catalogue) async throws {
        let isDemo = catalogue.testDescription == "demo"
        try await withShop(arguments: isDemo ? ["--demo"] : []) { shop in
            if !isDemo { try await Self.importExports(into: shop) }
            let register = try await shop.api(
                "POST", "/auth/register",
                #"{"email":"ada@example.com","password":"correct horse battery","name":"Ada"}"#)
            #expect(register.status == 201)
            let login = try await shop.api(
                "POST", "/auth/login", #"{"email":"ada@example.com","password":"correct horse battery"}"#)
            #expect(login.status == 200)
            let token = try #require(login.json["access_token"].string)
            #expect(try await shop.api("GET", "/auth/me", token: token).json["email"].string == "ada@example.com")

            let list = try await shop.api("GET", "/products?limit=100&count=true")
            #expect(list.json["items"].array.count == catalogue.products)
            #expect(list.json["count"].int == catalogue.products)
            let search = try await shop.api("GET", "/products?q=\(catalogue.search)")
            #expect(search.json["items"][0]["handle"].string == catalogue.found)
            let categories = try await shop.api("GET", "/categories")
            #expect(categories.json["items"].array.count == catalogue.categories)

            let cart = try #require(try await shop.api("POST", "/carts", token: token, "{}").json["id"].string)
            for (index, good) in catalogue.goods.enumerated() {
                let product = try await shop.api("GET", "/products/\(good.handle)")
                let variants = product.json["variants"].array.filter { $0["available"].bool == true }
                let variant = try #require(variants[good.variant]["id"].string)
                let added = try await shop.api(
                    "POST", "/carts/\(cart)/lines", token: token,
                    #"{"variant_id":"\#(variant)","quantity":\#(good.quantity)}"#)
                #expect(added.status == 201, "\(added.text)")
                #expect(added.json["lines"].array.count == index + 1)
            }
            let coupon = try await shop.api("POST", "/carts/\(cart)/coupons", token: token, #"{"code":"welcome10"}"#)
            #expect((coupon.json["totals"]["discount_total"]["amount"].int ?? 0) > 0)

            try await shop.fillIn(cart: cart, token: token, email: "ada@example.com")
            let events = try await shop.api(
                "POST", "/events",
                """
                {"events":[
                {"type":"product_viewed","occurred_at":"\(Date.now.ISO8601Format())","session_id":"session-ada-1",
                 "properties":{"product_id":"x"}},
                {"type":"cart_line_added","occurred_at":"\(Date.now.ISO8601Format())","session_id":"session-ada-1",
                 "properties":{"cart_id":"\(cart)"}}]}
                """)
            #expect(events.status == 202)

            let order = try await shop.checkout(cart: cart, token: token, key: "ada-1")
            #expect(order.status == 201, "\(order.text)")
            #expect(order.json["status"].string == "confirmed")
            let id = try #require(order.json["id"].string)
            let totals = order.json["totals"]
            func amount(_ name: String) -> Int { totals[name]["amount"].int ?? -1 }
            #expect(
                amount("total") == amount("subtotal") - amount("discount_total") + amount("shipping_total")
                    + amount("tax_total"))
            let replay = try await shop.checkout(cart: cart, token: token, key: "ada-1")
            #expect(replay.status == 201)
            #expect(replay.json["id"].string == id)
            #expect(replay.headers.first(name: "Idempotent-Replayed") == "true")
            #expect(try await shop.api("GET", "/orders", token: token).json["items"].array.count == 1)
            #expect(try await shop.api("GET", "/orders/\(id)").status == 404)

            let admin = try await shop.administrator()
            try await shop.eventually("one confirmation mail") {
                let files = try FileManager.default.contentsOfDirectory(
                    at: shop.folder.appending(path: "outbox-mail"), includingPropertiesForKeys: nil)
                return files.count { $0.pathExtension == "eml" } == 1
            }
            try await shop.eventually("an audit record of the order") {
                let audit = try await shop.api("GET", "/admin/audit?action=order.placed", token: admin)
                return audit.json["items"].array.contains { $0["subject"].string == id }
            }
            try await shop.eventually("the funnel counts the order") {
                let funnel = try await shop.api("GET", "/admin/reports/funnel", token: admin)
                return funnel.json["ordered"].int == 1 && (funnel.json["carted"].int ?? 0) >= 1
            }
            let verification = try shop.command("audit", "verify")
            #expect(verification.status == 0, "\(verification.output)")
            #expect(shop.stop() == 0)
        }
    }

    /// Imports the exports twice into a running shop, and adds a coupon.
    private static func importExports(into shop: RunningShop) async throws {
        for file in ["apparel.csv", "home-and-garden.csv"] {
            let path = Catalogue.exports.appending(path: file).path
            let first = try shop.command("import", "shopify", path)
            #expect(first.status == 0 && first.output.contains("20 created"), "\(first.output)")
            let second = try shop.command("import", "shopify", path)
            #expect(second.status == 0 && second.output.contains("20 unchanged"), "\(second.output)")
        }
        let admin = try await shop.administrator()
        let rules = try await shop.api("GET", "/admin/offers", token: admin)
        let coupon = """
            {"id":"welcome","label":"Welcome: 10 % off","kind":"percentage","percent":10,"priority":100,\
            "coupon":{"code":"WELCOME10"},"applies_to":"order"}
            """
        var changed = try #require(try JSONSerialization.jsonObject(with: rules.body) as? [String: Any])
        changed["promotions"] = [try JSONSerialization.jsonObject(with: Data(coupon.utf8))]
        let document = String(decoding: try JSONSerialization.data(withJSONObject: changed), as: UTF8.self)
        let saved = try await shop.api("PUT", "/admin/offers", token: admin, document)
        #expect(saved.status == 200, "\(saved.text)")
    }

    @Test func declinedPaymentLeavesTheCartAsItWas() async throws {
        try await withShop { shop in
            let cart = try await shop.filledCart(handle: "pour-over-coffee-set", quantity: 1)
            let before = try await shop.api("GET", "/carts/\(cart)")
            let declined = try await shop.checkout(cart: cart, key: "k1", card: "tok_declined")
            #expect(declined.status == 402)
            #expect(declined.code == "payment_declined")
            #expect(
                try await shop.api("GET", "/carts/\(cart)").json["lines"].array.count
                    == before.json["lines"].array.count)
            let late = try await shop.checkout(cart: cart, key: "k1", card: "tok_success")
            #expect(late.status == 201, "\(late.text)")
            let token = try #require(late.json["guest_token"].string)
            let id = try #require(late.json["id"].string)
            #expect(try await shop.api("GET", "/orders/\(id)", headers: ["X-Order-Token": token]).status == 200)
            let cancelled = try await shop.api("POST", "/orders/\(id)/cancel", headers: ["X-Order-Token": token])
            #expect(cancelled.json["status"].string == "cancelled", "\(cancelled.text)")
        }
    }
}
