import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import ServiceKit
import Web

/// What every page request passes through: rate limit, session cookie, authentication, form tokens, error pages and
/// security headers.
struct PagePipeline: Sendable {
    private static let policy = """
        default-src 'none'; img-src 'self' https: data:; style-src 'self'; script-src 'self'; form-action 'self'; \
        font-src 'self'; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'
        """

    let limiter: RateLimiter
    let cookie: SessionCookie
    let authenticator: SessionAuthenticator
    let renderer: PageRenderer
    let logger: Logger

    func respond(
        to http: Request, _ context: WebContext, rate: RateClass = .general, _ handler: PageRoutes.Handler
    ) async -> Response {
        let known = http.headers[.cookie].flatMap { cookie.session(inHeader: $0) }
        var request = ShopRequest(http: http, context: context, session: known ?? Session())
        request.formToken = cookie.formToken(for: request.session)
        var response: Response
        do {
            try await limiter.admit(CallContext.current.clientNetwork, rate)
            request.principal = try await authenticator.principal(&request.session)
            var call = CallContext.current
            call.principal = request.principal
            if request.principal != .anonymous { call.accessToken = request.session.accessToken }
            response = try await call.run { try await handler(&request) }
        } catch {
            response = await page(for: error, &request)
        }
        if known != request.session, let header = try? cookie.header(for: request.session) {
            response.headers[values: .setCookie].append(header)
        }
        response.headers[.contentSecurityPolicy] = Self.policy
        response.headers[.xContentTypeOptions] = "nosniff"
        if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = "private, no-store" }
        return response
    }

    /// The form in the request's body, once its token is checked.
    func form(of request: ShopRequest) async throws -> FormFields {
        let type = request.http.headers[.contentType]?.split(separator: ";").first.map { $0.lowercased() }
        guard type == "application/x-www-form-urlencoded" else {
            throw WebError(.unsupportedMediaType, "This address takes forms only.")
        }
        let body = try await ReceivedBody(request.http, context: request.context)
        let form = try FormFields(Array(body.bytes.readableBytesView))
        guard cookie.isFormToken(form.exact("csrf"), of: request.session) else {
            throw ServiceError(PageErrorCode.formExpired, "The form has expired.")
        }
        return form
    }

    private func page(for error: any Error, _ request: inout ShopRequest) async -> Response {
        let problem = Problem(error)
        problem.log(error, route: request.context.route, to: logger)
        if problem.status == .unauthorized {
            request.session.forgetLogin()
            let next = request.http.method == .get ? request.http.uri.path : "/account"
            return request.redirect(to: "/account/login?next=" + PercentEncoding.encoded(next))
        }
        let view = ErrorViews.error(problem, requestID: request.context.requestID, origin: request.origin)
        var response = await renderer.page(
            "error", "\(problem.status.code)", view, &request, status: problem.status)
        for field in problem.headers where field.name == .retryAfter || field.name == .allow {
            response.headers[field.name] = field.value
        }
        return response
    }
}
