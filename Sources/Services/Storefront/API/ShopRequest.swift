import Commerce
import Foundation
import HTTPTypes
import Hummingbird
import ServiceKit
import Web

/// One request of a visitor on its way through a page.
struct Visit: Sendable {
    let request: Request
    let context: WebContext
    var session: Session
    var form = FormFields()
    var principal = Principal.anonymous
    /// What forms on the page must carry.
    var formToken = ""

    /// Who idempotency keys belong to.
    var caller: String { "storefront:" + (principal.customerID?.rawValue ?? session.visitor) }

    /// The path of the page that this request came from; nil when the browser does not say.
    var origin: String? {
        guard let referrer = request.headers[.referer].flatMap({ URLComponents(string: $0) }) else { return nil }
        let path = referrer.percentEncodedPath + (referrer.percentEncodedQuery.map { "?" + $0 } ?? "")
        return LocalPath.isLocal(path) ? path : nil
    }

    /// Sends the browser on with GET (Post/Redirect/Get); to the top of the page when a message waits there.
    func redirect(to path: String) -> Response {
        .redirect(to: session.flash == nil ? path : String(path.prefix { $0 != "#" }), type: .normal)
    }
}

/// What answers a visit.
typealias PageHandler = @Sendable (inout Visit) async throws -> Response

/// Registers pages behind the door.
struct PageRoutes {
    var router: APIRouter
    let door: Door

    mutating func get(_ path: String, _ handler: @escaping PageHandler) {
        let door = door
        router.get(path) { request, context in await door.answer(request, context, handler) }
    }

    /// A form; the door has read it and checked its token.
    mutating func post(_ path: String, rate: RateClass = .general, _ handler: @escaping PageHandler) {
        let door = door
        router.post(path) { request, context in
            await door.answer(request, context, rate: rate) { visit in
                visit.form = try await door.form(of: visit)
                return try await handler(&visit)
            }
        }
    }

    /// What is not a page: files, robots.txt.
    mutating func plain(
        _ path: String, _ handler: @escaping @Sendable (Request, WebContext) async throws -> Response
    ) {
        let limiter = door.limiter
        router.get(path) { request, context in
            try await limiter.admit(CallContext.current.clientNetwork, .general)
            return try await handler(request, context)
        }
    }
}
