import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import ServiceKit
import Web

/// What every page passes through: the cookie, who the visitor is, form tokens, error pages and headers.
struct Door: Sendable {
    static let policy = """
        default-src 'none'; img-src 'self' https: data:; style-src 'self'; script-src 'self'; form-action 'self'; \
        font-src 'self'; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'
        """

    let limiter: RateLimiter
    let cookie: SessionCookie
    let identification: Identification
    let frame: PageFrame
    let visits: Visits
    let logger: Logger

    func answer(
        _ request: Request, _ context: WebContext, rate: RateClass = .general, _ handler: PageHandler
    ) async -> Response {
        let known = request.headers[.cookie].flatMap { cookie.session(inHeader: $0) }
        var visit = Visit(request: request, context: context, session: known ?? Session())
        visit.formToken = cookie.formToken(for: visit.session)
        var response: Response
        do {
            try await limiter.admit(CallContext.current.clientNetwork, rate)
            visit.principal = try await identification.principal(&visit.session)
            var call = CallContext.current
            call.principal = visit.principal
            if visit.principal != .anonymous { call.accessToken = visit.session.accessToken }
            response = try await call.run { try await handler(&visit) }
        } catch {
            response = await page(for: error, &visit)
        }
        if known != visit.session, let header = try? cookie.header(for: visit.session) {
            response.headers[values: .setCookie].append(header)
        }
        response.headers[.contentSecurityPolicy] = Self.policy
        response.headers[.xContentTypeOptions] = "nosniff"
        if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = "private, no-store" }
        return response
    }

    /// The form in the request's body, once its token is checked.
    func form(of visit: Visit) async throws -> FormFields {
        let type = visit.request.headers[.contentType]?.split(separator: ";").first.map { $0.lowercased() }
        guard type == "application/x-www-form-urlencoded" else {
            throw WebError(.unsupportedMediaType, code: "unsupported_media_type", "This address takes forms only.")
        }
        let body = try await ReceivedBody(visit.request, context: visit.context)
        let form = try FormFields(Array(body.bytes.readableBytesView))
        guard cookie.isFormToken(form.exact("csrf"), of: visit.session) else {
            throw ServiceError(.forbidden, code: "form_expired", "The form has expired.")
        }
        return form
    }

    private func page(for error: any Error, _ visit: inout Visit) async -> Response {
        let problem = Problem(error)
        problem.log(error, route: visit.context.route, to: logger)
        if problem.status == .unauthorized {
            visit.session.forgetLogin()
            let back = visit.request.method == .get ? visit.request.uri.path : "/account"
            return visit.redirect(to: "/account/login?next=" + ListRequest.encoded(back))
        }
        let view = ErrorViews.error(problem, requestID: visit.context.requestID, origin: visit.origin)
        var response = await frame.page("error", "\(problem.status.code)", view, &visit, status: problem.status)
        for field in problem.headers where field.name == .retryAfter || field.name == .allow {
            response.headers[field.name] = field.value
        }
        return response
    }
}
