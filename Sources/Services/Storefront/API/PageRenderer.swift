import HTTPTypes
import Hummingbird
import NIOCore
import ServiceKit

/// Renders the response to a page request.
struct PageRenderer: Sendable {
    let frame: PageFrame
    let catalogue: CatalogueCache

    /// - Parameters:
    ///   - title: For the browser's tab; nil is the shop's name alone.
    ///   - canonical: The path search engines should keep; a page without one is not for them.
    func page(
        _ template: String, _ title: String?, _ content: [String: View], _ request: inout ShopRequest,
        status: HTTPResponse.Status = .ok, description: String? = nil, canonical: String? = nil
    ) async -> Response {
        var state = PageFrame.State(
            path: request.http.uri.path, categories: await catalogue.categories(), formToken: request.formToken,
            isLoggedIn: request.principal.customerID != nil, cartCount: request.session.cartCount ?? 0, flash: nil)
        // The response to a form has its own message: that alone is focused.
        if request.http.method != .post {
            state.flash = request.session.flash
            request.session.flash = nil
        }
        let head = PageFrame.Head(title: title, description: description, canonical: canonical)
        return Response(
            status: status, headers: [.contentType: "text/html; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: frame.html(template, head, content, state))))
    }
}
