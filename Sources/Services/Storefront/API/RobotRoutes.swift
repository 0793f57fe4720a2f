import HTTPTypes
import Hummingbird
import NIOCore
import Web

/// What search engines read.
struct RobotRoutes: Sendable {
    let buildSitemap: BuildSitemap

    func add(to routes: inout PageRoutes) {
        let (buildSitemap, publicURL) = (buildSitemap, buildSitemap.publicURL)
        let sitemap = Sitemap { try await buildSitemap.run() }
        routes.plain("/robots.txt") { _, _ in
            let text = """
                User-agent: *
                Disallow: /cart
                Disallow: /checkout
                Disallow: /account
                Disallow: /orders/
                Disallow: /search
                Disallow: /api/
                Sitemap: \(publicURL)/sitemap.xml

                """
            return Self.text(text, type: "text/plain; charset=utf-8")
        }
        routes.plain("/sitemap.xml") { _, _ in
            Self.text(try await sitemap.text(), type: "application/xml; charset=utf-8")
        }
    }

    private static func text(_ text: String, type: String) -> Response {
        Response(
            status: .ok, headers: [.contentType: type, .cacheControl: "public, max-age=600"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }
}
