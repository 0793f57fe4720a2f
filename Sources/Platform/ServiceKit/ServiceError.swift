/// The error of every contract: a stable code, a kind that maps to one HTTP and one gRPC status, and a message for people. It
/// never carries the cause, which is logged where it happened.
package struct ServiceError: OutageError, Hashable, Sendable, CustomStringConvertible {
    package enum Kind: String, Sendable, Codable {
        /// 400, 401, 402, 403, 404, 409, 413, 422, 429, 503, 500 in this order.
        case unreadable, unauthenticated, paymentRequired, forbidden, notFound, conflict, tooLarge, invalid
        case tooManyRequests, unavailable, `internal`
    }

    /// One field of a request and what is wrong with it.
    package struct Field: Hashable, Sendable, Codable {
        package var field: String
        package var code: String
        package var detail: String

        package init(field: String, code: String, detail: String) {
            self.field = field
            self.code = code
            self.detail = detail
        }
    }

    package var kind: Kind
    /// Stable, lower snake case: `out_of_stock`. One of a ``ServiceErrorCodeList``.
    package var code: String
    package var message: String
    package var fields: [Field]
    /// For `tooManyRequests` and `unavailable`.
    package var retryAfter: Duration?

    /// What a remote call has responded with; everywhere else the code decides the kind.
    package init(
        _ kind: Kind, code: String, _ message: String, fields: [Field] = [], retryAfter: Duration? = nil
    ) {
        self.kind = kind
        self.code = code
        self.message = message
        self.fields = fields
        self.retryAfter = retryAfter
    }

    package var description: String { "\(code): \(message)" }
    package var isOutage: Bool { kind == .unavailable }

    package static func invalid(_ fields: [Field]) -> ServiceError {
        ServiceError(ErrorCode.invalidRequest, "The request has fields that cannot be accepted.", fields: fields)
    }

    package static func unavailable(_ what: String) -> ServiceError {
        ServiceError(ErrorCode.unavailable, "\(what) does not answer at the moment.", retryAfter: .seconds(2))
    }

    package static func rateLimited(retryAfter: Duration) -> ServiceError {
        ServiceError(ErrorCode.rateLimited, "Too many requests; wait before the next one.", retryAfter: retryAfter)
    }

    package static let deadlineExceeded = ServiceError(
        ErrorCode.deadlineExceeded, "The response took too long.", retryAfter: .seconds(1))
    /// What callers see of an unexpected failure; its cause is in the log.
    package static let unexpected = ServiceError(ErrorCode.internalError, "Something went wrong on our side.")
    package static let unauthenticated = ServiceError(ErrorCode.unauthenticated, "Log in to do this.")
    package static let forbidden = ServiceError(ErrorCode.forbidden, "You may not do this.")
    package static let idempotencyKeyReused = ServiceError(
        ErrorCode.idempotencyKeyReused, "This Idempotency-Key was used with another request.")
    package static let idempotencyInFlight = ServiceError(
        ErrorCode.idempotencyInFlight, "The first request with this Idempotency-Key is still running.")
    package static let idempotencyKeyRequired = ServiceError(
        ErrorCode.idempotencyKeyRequired, "Send an Idempotency-Key header.")
    package static let documentNotFound = ServiceError(ErrorCode.documentNotFound, "There is no such document.")
}
