import Calls
import Commerce
import Hummingbird
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

    /// Sends the browser on with GET (Post/Redirect/Get).
    func redirect(to path: String) -> Response { .redirect(to: path, type: .normal) }
}

/// What answers a visit.
typealias PageHandler = @Sendable (inout Visit) async throws -> Response

/// Registers pages behind the door.
struct PageRoutes {
    let router: Router<WebContext>
    let door: Door

    /// GET and HEAD.
    func get(_ path: RouterPath, _ handler: @escaping PageHandler) {
        let door = door
        router.get(path) { request, context in await door.answer(request, context, handler) }
        router.head(path) { request, context in await door.answer(request, context, handler).createHeadResponse() }
    }

    /// A form; the door has read it and checked its token.
    func post(_ path: RouterPath, _ handler: @escaping PageHandler) {
        let door = door
        router.post(path) { request, context in await door.answer(request, context, handler) }
    }

    /// What is not a page: files, robots.txt.
    func plain(_ path: RouterPath, _ handler: @escaping @Sendable (Request, WebContext) async throws -> Response) {
        router.get(path) { request, context in try await handler(request, context) }
        router.head(path) { request, context in try await handler(request, context).createHeadResponse() }
    }
}
