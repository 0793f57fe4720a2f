import HTTPTypes
import Hummingbird
import Identity
import ServiceKit
import Web

/// What every request passes before its handler: the rate limit, authentication by its token, and the route's
/// permission.
struct RouteAccess: Sendable {
    typealias Handler = @Sendable (Call) async throws -> Response

    /// Who may use a route.
    enum Audience: Hashable, Sendable {
        case everyone
        /// Anyone who is logged in.
        case customer
        case staff(Permission)
    }

    let limiter: RateLimiter
    let verifier: TokenVerifier
    let guestDigest: KeyedDigest

    /// The handler behind these checks.
    func checked(
        _ handler: @escaping Handler, for audience: Audience, rate: RateClass
    ) -> APIRouter.Handler {
        { request, context in
            var call = CallContext.current
            try await limiter.admit(call.clientNetwork, rate)
            call.accessToken = try Self.token(in: request)
            if let token = call.accessToken { call.principal = try await principal(of: token) }
            switch audience {
            case .everyone: break
            case .customer: if call.principal.customerID == nil { throw ServiceError.unauthenticated }
            case .staff(let permission): try call.principal.require(permission)
            }
            var context = context
            context.principal = call.principal
            let authorised = Call(request: request, context: context, guestDigest: guestDigest)
            return try await call.run {
                var response = try await handler(authorised)
                if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = "no-store" }
                return response
            }
        }
    }

    private static func token(in request: Request) throws -> String? {
        guard let header = request.headers[.authorization] else { return nil }
        let parts = header.split(separator: " ", omittingEmptySubsequences: true)
        guard parts.count == 2, parts[0].lowercased() == "bearer" else {
            throw refusal(ServiceError(ErrorCode.invalidToken, "Authorization must be a bearer token."))
        }
        return String(parts[1])
    }

    /// Throws 401 for a bad token, also on routes that need none.
    private func principal(of token: String) async throws -> Principal {
        do {
            return try await verifier.verify(token)
        } catch  where error.kind == .unauthenticated {
            throw Self.refusal(error)
        }
    }

    /// 401 with the challenge of RFC 6750, section 3.1.
    private static func refusal(_ error: ServiceError) -> WebError {
        WebError(error, headers: [.wwwAuthenticate: #"Bearer error="invalid_token""#])
    }
}
