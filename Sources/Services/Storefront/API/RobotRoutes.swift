import Calls
import Commerce
import HTML
import HTTPTypes
import Hummingbird
import NIOCore
import ProductContract
import Synchronization
import Web

/// The sitemap, made at most every ten minutes.
final class Sitemap: Sendable {
    /// One file of the protocol holds 50 000 addresses; https://www.sitemaps.org/protocol.html
    private static let limit = 50_000
    private let kept = Mutex<(text: String, until: ContinuousClock.Instant)?>(nil)

    func text(_ products: any Products, categories: [Category], publicURL: String) async throws -> String {
        if let kept = kept.withLock({ $0 }), kept.until > .now { return kept.text }
        var paths = ["/"] + Self.handles(categories).map { "/categories/" + $0 }
        var query = ProductQuery()
        query.limit = 100
        query.sort = .newest
        repeat {
            let page = try await products.products(query)
            paths += page.items.map { "/products/" + $0.handle }
            query.cursor = page.nextCursor
        } while query.cursor != nil && paths.count < Self.limit
        let text = Self.document(paths.prefix(Self.limit).map { publicURL + $0 })
        kept.withLock { $0 = (text, .now + .seconds(600)) }
        return text
    }

    static func document(_ addresses: [String]) -> String {
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
        \(addresses.map { "<url><loc>\(HTMLText.escaped($0))</loc></url>\n" }.joined())</urlset>

        """
    }

    private static func handles(_ categories: [Category]) -> [String] {
        categories.flatMap { [$0.handle] + handles($0.children) }
    }
}

extension Storefront {
    func addRobotRoutes(to routes: inout PageRoutes) {
        let shop = self
        let sitemap = Sitemap()
        routes.plain("/robots.txt") { _, _ in
            let text = """
                User-agent: *
                Disallow: /cart
                Disallow: /checkout
                Disallow: /account
                Disallow: /orders/
                Disallow: /search
                Disallow: /api/
                Sitemap: \(shop.publicURL)/sitemap.xml

                """
            return Self.text(text, type: "text/plain; charset=utf-8")
        }
        routes.plain("/sitemap.xml") { _, _ in
            let text = try await sitemap.text(
                shop.products, categories: await shop.window.categories(), publicURL: shop.publicURL)
            return Self.text(text, type: "application/xml; charset=utf-8")
        }
    }

    private static func text(_ text: String, type: String) -> Response {
        Response(
            status: .ok, headers: [.contentType: type, .cacheControl: "public, max-age=600"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }
}
