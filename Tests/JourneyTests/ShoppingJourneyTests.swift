import Foundation
import NIOHTTP1
import Testing

/// What customers and staff do, through real HTTP against `magpie up`.
@Suite(.serialized) struct ShoppingJourneyTests {
    @Test func fromRegistrationToReports() async throws {
        try await withShop { shop in
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
            #expect(list.json["items"].array.count == 36)
            #expect(list.json["count"].int == 36)
            let search = try await shop.api("GET", "/products?q=stoneware%20mug")
            #expect(search.json["items"][0]["handle"].string == "stoneware-mug")
            let categories = try await shop.api("GET", "/categories")
            #expect(categories.json["items"].array.count == 6)

            let mug = try await shop.api("GET", "/products/stoneware-mug")
            let variants = mug.json["variants"].array.filter { $0["available"].bool == true }
            let first = try #require(variants[0]["id"].string)
            let second = try #require(variants[1]["id"].string)

            let cart = try #require(try await shop.api("POST", "/carts", token: token, "{}").json["id"].string)
            let added = try await shop.api(
                "POST", "/carts/\(cart)/lines", token: token, #"{"variant_id":"\#(first)","quantity":2}"#)
            #expect(added.status == 201)
            let both = try await shop.api(
                "POST", "/carts/\(cart)/lines", token: token, #"{"variant_id":"\#(second)","quantity":1}"#)
            #expect(both.json["lines"].array.count == 2)
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
                let audit = try await shop.api("GET", "/admin/audit?limit=100", token: admin)
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
