import Foundation
import NIOHTTP1
import Testing

/// With rate limits on, as shops run.
@Suite(.serialized, .shape(.oneProcess)) struct RefusedPaymentTests {
    @Test func refusedPaymentsAndWrongCouponsAreLimited() async throws {
        try await withShop(environment: ["MAGPIE_RATE_LIMIT": "on"]) { shop in
            let cart = try await shop.filledCart(handle: "stoneware-mug", quantity: 1)
            for number in 0..<5 {
                let declined = try await shop.checkout(cart: cart, key: "\(number)", card: "tok_declined")
                #expect(declined.status == 402, "\(declined.text)")
            }
            let refused = try await shop.checkout(cart: cart, key: "more")
            #expect(refused.status == 429 && refused.code == "rate_limited", "\(refused.text)")
            #expect((Int(refused.headers.first(name: "Retry-After") ?? "") ?? 0) > 3_000)
            for number in 0..<10 {
                let wrong = try await shop.api("POST", "/carts/\(cart)/coupons", #"{"code":"GUESS\#(number)"}"#)
                #expect(wrong.status == 422, "\(wrong.text)")
            }
            let coupon = try await shop.api("POST", "/carts/\(cart)/coupons", #"{"code":"WELCOME10"}"#)
            #expect(coupon.status == 429 && coupon.headers.first(name: "Retry-After") != nil, "\(coupon.text)")
            // Another cart of the same network pays.
            let other = try await shop.filledCart(handle: "stoneware-mug", quantity: 1)
            #expect(try await shop.checkout(cart: other, key: "other").status == 201)
        }
    }

    @Test func thePagesSayHowLongToWait() async throws {
        try await withShop(environment: ["MAGPIE_RATE_LIMIT": "on"]) { shop in
            let browser = Browser(shop)
            try await browser.open("/products/stoneware-mug")
            let choice = ["product": "stoneware-mug", "variant_id": browser.value(of: "variant_id") ?? ""]
            #expect(try await browser.submit("/cart/lines", choice) == 200)
            for number in 0..<10 {
                #expect(try await browser.submit("/cart/coupons", ["code": "GUESS\(number)"]) == 422)
            }
            #expect(try await browser.submit("/cart/coupons", ["code": "WELCOME10"]) == 429)
            #expect(browser.page.contains("Too many codes were wrong. Please wait 6 minutes"))
            try await browser.open("/checkout")
            #expect(try await browser.submit("/checkout", PagesJourneyTests.address) == 200)
            for _ in 0..<5 {
                let order = PagesJourneyTests.order(browser, paying: "tok_declined")
                #expect(try await browser.submit("/checkout/place", order) == 402)
            }
            let order = PagesJourneyTests.order(browser, paying: "tok_success")
            #expect(try await browser.submit("/checkout/place", order) == 429)
            #expect(browser.page.contains("Too many payments were refused, and nothing was charged. Please wait"))
        }
    }
}
