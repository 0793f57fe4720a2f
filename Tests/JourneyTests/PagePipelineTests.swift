import Foundation
import NIOHTTP1
import Testing

/// Requests to pages that no page of the shop sends.
@Suite(.serialized, .shape(.oneProcess)) struct PagePipelineTests {
    @Test func unknownAddressesAndMethodsAreRefusedWithAPage() async throws {
        try await withShop { shop in
            let base = "http://127.0.0.1:\(shop.port)"
            for type in ["application/json", "application/x-www-form-urlencoded"] {
                let response = try await Client.shared.send(
                    "POST", base + "/nope", headers: ["Content-Type": type], body: "{}")
                #expect(response.status == 404)
                #expect(response.text.contains("</html>"))
            }
            for (method, path, allow) in [
                ("DELETE", "/cart", "GET, HEAD"), ("PUT", "/checkout", "GET, HEAD, POST"),
                ("PATCH", "/products/stoneware-mug", "GET, HEAD"), ("POST", "/robots.txt", "GET, HEAD"),
            ] {
                let response = try await Client.shared.send(method, base + path, body: nil)
                #expect(response.status == 405, "\(method) \(path)")
                #expect(response.headers.first(name: "Allow") == allow, "\(method) \(path)")
                #expect(response.text.contains("</html>"))
            }
        }
    }

    @Test func anIncompleteFormIsUnreadable() async throws {
        try await withShop { shop in
            let connection = try RawConnection(shop)
            connection.send(
                "POST /cart/coupons HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n"
                    + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\ncode=AB")
            connection.finishSending()
            let response = connection.readAll()
            #expect(response.isEmpty || response.hasPrefix("HTTP/1.1 400"), "\(response)")
            #expect(!shop.log.contains("Request failed unexpectedly"), "\(shop.log)")
        }
    }

    @Test func loggingOutRemovesTheCustomersData() async throws {
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

    @Test func anHTTPSShopSendsHSTSAndSecureCookies() async throws {
        try await withShop(environment: ["MAGPIE_PUBLIC_URL": "https://shop.test"]) { shop in
            let page = try await Client.shared.get("http://127.0.0.1:\(shop.port)/")
            #expect(page.headers.first(name: "Strict-Transport-Security") == "max-age=31536000")
            let cookie = page.headers.first(name: "Set-Cookie")
            #expect(cookie?.hasPrefix("__Host-magpie_session=") == true, "\(cookie ?? "none")")
        }
    }
}
