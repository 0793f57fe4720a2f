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
    /// Stable, lower snake case: `out_of_stock`.
    package var code: String
    package var message: String
    package var fields: [Field]
    /// For `tooManyRequests` and `unavailable`.
    package var retryAfter: Duration?

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
        ServiceError(
            .invalid, code: "invalid_request", "The request has fields that cannot be accepted.", fields: fields)
    }

    package static func invalid(_ field: String, code: String, _ detail: String) -> ServiceError {
        .invalid([Field(field: field, code: code, detail: detail)])
    }

    package static func notFound(_ thing: String) -> ServiceError {
        ServiceError(.notFound, code: "\(thing)_not_found", "There is no such \(thing).")
    }

    package static func unavailable(_ what: String) -> ServiceError {
        ServiceError(
            .unavailable, code: "unavailable", "\(what) does not answer at the moment.", retryAfter: .seconds(2))
    }

    package static func rateLimited(retryAfter: Duration) -> ServiceError {
        ServiceError(
            .tooManyRequests, code: "rate_limited", "Too many requests; wait before the next one.",
            retryAfter: retryAfter)
    }

    package static let deadlineExceeded = ServiceError(
        .unavailable, code: "deadline_exceeded", "The response took too long.", retryAfter: .seconds(1))
    /// What callers see of an unexpected failure; its cause is in the log.
    package static let unexpected = ServiceError(
        .internal, code: "internal_error", "Something went wrong on our side.")
    package static let unauthenticated = ServiceError(
        .unauthenticated, code: "unauthenticated", "Log in to do this.")
    package static let forbidden = ServiceError(.forbidden, code: "forbidden", "You may not do this.")
    package static let idempotencyKeyReused = ServiceError(
        .invalid, code: "idempotency_key_reused", "This Idempotency-Key was used with another request.")
    package static let idempotencyInFlight = ServiceError(
        .conflict, code: "idempotency_in_flight", "The first request with this Idempotency-Key is still running.")
    package static let idempotencyKeyRequired = ServiceError(
        .unreadable, code: "idempotency_key_required", "Send an Idempotency-Key header.")
}
