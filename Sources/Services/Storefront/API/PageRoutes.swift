import Hummingbird
import ServiceKit
import Web

/// Registers pages behind the ``PagePipeline``.
struct PageRoutes {
    typealias Handler = @Sendable (inout ShopRequest) async throws -> Response

    private(set) var router: APIRouter
    private let pipeline: PagePipeline

    init(_ router: APIRouter, pipeline: PagePipeline) {
        self.router = router
        self.pipeline = pipeline
    }

    mutating func get(_ path: String, _ handler: @escaping Handler) {
        let pipeline = pipeline
        router.get(path) { request, context in await pipeline.respond(to: request, context, handler) }
    }

    /// A form; the pipeline has read it and checked its token.
    mutating func post(_ path: String, rate: RateClass = .general, _ handler: @escaping Handler) {
        let pipeline = pipeline
        router.post(path) { request, context in
            await pipeline.respond(to: request, context, rate: rate) { request in
                request.form = try await pipeline.form(of: request)
                return try await handler(&request)
            }
        }
    }

    /// What is not a page: files, robots.txt.
    mutating func plain(
        _ path: String, _ handler: @escaping @Sendable (Request, WebContext) async throws -> Response
    ) {
        let limiter = pipeline.limiter
        router.get(path) { request, context in
            try await limiter.admit(CallContext.current.clientNetwork, .general)
            return try await handler(request, context)
        }
    }
}
