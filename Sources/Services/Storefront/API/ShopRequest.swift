import Commerce
import Foundation
import HTTPTypes
import Hummingbird
import ServiceKit
import Web

/// A visitor's request for a page, with the session it belongs to.
struct ShopRequest: Sendable {
    let http: Request
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
        guard let referrer = http.headers[.referer].flatMap({ URLComponents(string: $0) }) else { return nil }
        let path = referrer.percentEncodedPath + (referrer.percentEncodedQuery.map { "?" + $0 } ?? "")
        return LocalPath.isLocal(path) ? path : nil
    }

    func query() throws(ServiceError) -> QueryFields { try QueryFields(http) }

    /// The logged-in customer. Throws 401.
    func customer() throws(ServiceError) -> CustomerID {
        guard let id = principal.customerID else { throw .unauthenticated }
        return id
    }

    /// Redirects the browser with GET (Post/Redirect/Get); to the top of the page when a flash message is shown there.
    func redirect(to path: String) -> Response {
        .redirect(to: session.flash == nil ? path : String(path.prefix { $0 != "#" }), type: .normal)
    }
}
