import Foundation
import Testing

/// A guest's order, opened by the link of its email in a new browser.
@Suite(.serialized, .shape(.both)) struct OrderLinkTests {
    @Test func aGuestsOrderOpensFromItsEmailInAnotherBrowser() async throws {
        try await withShop { shop in
            let cart = try await shop.filledCart(handle: "cedar-pencils", quantity: 1)
            let order = try await shop.checkout(cart: cart, key: "link-1")
            let page = "/orders/\(try #require(order.json["id"].string))"
            try await shop.eventually("the mail is written") { Self.links(shop).count == 1 }
            let link = try #require(Self.links(shop).first)
            #expect(link.hasPrefix(page + "?token="))

            let browser = Browser(shop)
            #expect(try await browser.open(page) == 404)
            #expect(browser.page.contains("the link in your order email"))
            for wrong in [link.dropLast(3) + "AAA", page + "?token=x"] {
                #expect(try await browser.open(String(wrong)) == 404, "\(wrong)")
            }
            #expect(try await browser.open(link) == 200)
            // The token is in the cookie now, and in no address that a page or the next request could disclose.
            #expect(browser.path == page)
            let token = try #require(link.split(separator: "=").last)
            #expect(!browser.page.contains(token))
            #expect(browser.page.contains("12 Analytical Way"))
            #expect(try await browser.open(page) == 200)
            #expect(try await browser.submit(page + "/cancel", [:]) == 200)
            #expect(browser.page.contains("This order is cancelled"))
            #expect(!shop.log.contains(token))
        }
    }

    /// The paths of links in emails on disk, with wrapped lines joined.
    private static func links(_ shop: RunningShop) -> [String] {
        let folder = shop.folder.appending(path: "outbox-mail")
        let files = (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? []
        return files.filter { $0.pathExtension == "eml" }.compactMap { file in
            let mail = ((try? String(contentsOf: file, encoding: .utf8)) ?? "")
                .replacing("=\r\n", with: "").replacing("=3D", with: "=")
            return mail.firstMatch(of: #/View your order: \S+?(/orders/\S+)/#).map { String($0.output.1) }
        }
    }
}
