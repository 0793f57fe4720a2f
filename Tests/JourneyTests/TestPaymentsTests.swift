import Foundation
import Testing

/// Test payments are chosen at each start.
@Suite(.serialized, .shape(.oneProcess)) struct TestPaymentsTests {
    private static let off = ["MAGPIE_TEST_PAYMENTS": "off", "MAGPIE_LOG_LEVEL": "warning"]

    @Test func withoutThemCheckoutIsRefusedAndPaidOrdersCanBeCancelled() async throws {
        try await withFolder { folder in
            let demo = try await RunningShop.start(in: folder, environment: Self.off)
            let paid = try await demo.checkout(
                cart: demo.filledCart(handle: "stoneware-mug", quantity: 1), key: "before")
            #expect(paid.status == 201, "--demo offers them: \(paid.text)")
            #expect(demo.log.contains("test provider: nothing is charged"))
            #expect(demo.stop() == 0)

            let shop = try await RunningShop.start(in: folder, arguments: [], environment: Self.off)
            #expect(shop.log.contains("none: checkout is refused"))
            let cart = try await shop.filledCart(handle: "stoneware-mug", quantity: 1)
            let refused = try await shop.checkout(cart: cart, key: "after")
            #expect(refused.status == 409 && refused.code == "no_payment_method", "\(refused.text)")
            let line = try await shop.api("GET", "/carts/\(cart)").json["lines"][0]["id"].string ?? ""
            #expect(try await shop.api("PATCH", "/carts/\(cart)/lines/\(line)", #"{"quantity":2}"#).status == 200)
            let id = try #require(paid.json["id"].string)
            let guest = try #require(paid.json["guest_token"].string)
            let cancelled = try await shop.api("POST", "/orders/\(id)/cancel", headers: ["X-Order-Token": guest], "{}")
            #expect(cancelled.json["payment_status"].string == "refunded", "\(cancelled.text)")

            let browser = Browser(shop)
            try await browser.open("/products/stoneware-mug")
            let choice = ["product": "stoneware-mug", "variant_id": browser.value(of: "variant_id") ?? ""]
            #expect(try await browser.submit("/cart/lines", choice) == 200)
            try await browser.open("/checkout")
            #expect(try await browser.submit("/checkout", PagesJourneyTests.address) == 200)
            #expect(browser.page.contains("takes no payments yet"))
            #expect(!browser.page.contains("Place the order") && !browser.page.contains("test payment"))
            let order = PagesJourneyTests.order(browser, paying: "tok_success")
            #expect(try await browser.submit("/checkout/place", order) == 409)
            #expect(browser.page.contains("takes no payments yet"))
            #expect(shop.stop() == 0)
        }
    }
}
