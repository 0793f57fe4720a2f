import Foundation
import NIOHTTP1
import Testing

/// What the pages answer to requests that no page sends.
@Suite(.serialized) struct PageDoorTests {
    @Test func unknownAddressesAndMethodsAreAnsweredAsSuch() async throws {
        try await withShop { shop in
            let base = "http://127.0.0.1:\(shop.port)"
            for type in ["application/json", "application/x-www-form-urlencoded"] {
                let answer = try await Client.shared.send(
                    "POST", base + "/nope", headers: ["Content-Type": type], body: "{}")
                #expect(answer.status == 404)
                #expect(answer.text.contains("</html>"))
            }
            for (method, path, allow) in [
                ("DELETE", "/cart", "GET, HEAD"), ("PUT", "/checkout", "GET, HEAD, POST"),
                ("PATCH", "/products/stoneware-mug", "GET, HEAD"), ("POST", "/robots.txt", "GET, HEAD"),
            ] {
                let answer = try await Client.shared.send(method, base + path, body: nil)
                #expect(answer.status == 405, "\(method) \(path)")
                #expect(answer.headers.first(name: "Allow") == allow, "\(method) \(path)")
                #expect(answer.text.contains("</html>"))
            }
        }
    }

    @Test func aFormCutOffInTheMiddleIsUnreadable() async throws {
        try await withShop { shop in
            let connection = try RawConnection(shop)
            connection.send(
                "POST /cart/coupons HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n"
                    + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\ncode=AB")
            connection.finishSending()
            let answer = connection.readAll()
            #expect(answer.isEmpty || answer.hasPrefix("HTTP/1.1 400"), "\(answer)")
            #expect(!shop.log.contains("Request failed unexpectedly"), "\(shop.log)")
        }
    }

    @Test func nothingOfACustomerStaysAfterLoggingOut() async throws {
        try await withShop { shop in
            let browser = Browser(shop)
            try await browser.open("/products/cedar-pencils")
            let choice = [
                "product": "cedar-pencils", "variant_id": browser.value(of: "variant_id") ?? "", "quantity": "1",
            ]
            try await browser.submit("/cart/lines", choice)
            try await browser.open("/checkout")
            try await browser.submit("/checkout", PagesJourneyTests.address)
            try await browser.submit("/checkout/place", PagesJourneyTests.order(browser, paying: "tok_success"))
            let order = browser.path
            #expect(order.hasSuffix("/thank-you"))
            #expect(try await browser.open(order) == 200)

            try await browser.open("/account/login")
            try await browser.submit("/account/login", ["email": "customer@example.com", "password": "magpie-demo"])
            try await browser.submit("/account/logout", [:])
            #expect(try await browser.open(order) == 404)
        }
    }

    @Test func customersOfAnHTTPSShopStayWithHTTPS() async throws {
        try await withShop(environment: ["MAGPIE_PUBLIC_URL": "https://shop.test"]) { shop in
            let page = try await Client.shared.get("http://127.0.0.1:\(shop.port)/")
            #expect(page.headers.first(name: "Strict-Transport-Security") == "max-age=31536000")
            let cookie = page.headers.first(name: "Set-Cookie")
            #expect(cookie?.hasPrefix("__Host-magpie_session=") == true, "\(cookie ?? "none")")
        }
    }
}
