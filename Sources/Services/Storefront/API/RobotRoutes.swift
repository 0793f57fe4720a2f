import Commerce
import HTML
import HTTPTypes
import Hummingbird
import NIOCore
import ProductContract
import ServiceKit
import Synchronization
import Web

/// The sitemap, made at most every ten minutes, and once however many ask for it: a big catalogue takes longer than any
/// request may. The one before serves meanwhile.
actor Sitemap {
    /// One file of the protocol holds 50 000 addresses; https://www.sitemaps.org/protocol.html
    static let limit = 50_000
    private let make: @Sendable () async throws -> String
    private var kept: (text: String, until: ContinuousClock.Instant)?
    private var isMaking = false
    private var waiting: [AsyncStream<Result<String, any Error>>.Continuation] = []

    init(make: @escaping @Sendable () async throws -> String) { self.make = make }

    /// Throws what `make` threw, `deadline_exceeded` when it takes longer than the caller has time, or
    /// `CancellationError`.
    func text() async throws -> String {
        if let kept, kept.until > .now { return kept.text }
        if !isMaking {
            isMaking = true
            // Nobody's request: it goes on when whoever asked first has left.
            Task { await CallContext(principal: .anonymous).run { await renew() } }
        }
        if let kept { return kept.text }
        let (answers, answer) = AsyncStream.makeStream(of: Result<String, any Error>.self)
        waiting.append(answer)
        return try await withDeadline(CallContext.current.deadline ?? .now + .seconds(10)) {
            for await result in answers { return try result.get() }
            throw CancellationError()
        }
    }

    private func renew() async {
        let result: Result<String, any Error>
        do { result = .success(try await make()) } catch { result = .failure(error) }
        if let text = try? result.get() { kept = (text, .now + .seconds(600)) }
        isMaking = false
        for answer in waiting { answer.yield(result) }
        waiting = []
    }

    static func document(_ addresses: [String]) -> String {
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
        \(addresses.map { "<url><loc>\(HTMLText.escaped($0))</loc></url>\n" }.joined())</urlset>

        """
    }

}

extension Storefront {
    func addRobotRoutes(to routes: inout PageRoutes) {
        let shop = self
        let sitemap = Sitemap { try await shop.sitemap() }
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
            Self.text(try await sitemap.text(), type: "application/xml; charset=utf-8")
        }
    }

    private func sitemap() async throws -> String {
        func handles(_ categories: [Category]) -> [String] {
            categories.flatMap { [$0.handle] + handles($0.children) }
        }
        var paths = ["/"] + handles(await window.categories()).map { "/categories/" + $0 }
        var query = ProductQuery()
        query.limit = 100
        query.sort = .newest
        repeat {
            let page = try await products.products(query)
            paths += page.items.map { "/products/" + $0.handle }
            query.cursor = page.nextCursor
        } while query.cursor != nil && paths.count < Sitemap.limit
        return Sitemap.document(paths.prefix(Sitemap.limit).map { publicURL + $0 })
    }

    private static func text(_ text: String, type: String) -> Response {
        Response(
            status: .ok, headers: [.contentType: type, .cacheControl: "public, max-age=600"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }
}
