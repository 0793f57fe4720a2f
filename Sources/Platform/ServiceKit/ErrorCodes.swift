/// Codes that any service and the edge respond with.
package enum ErrorCode: String, ServiceErrorCodeList {
    case invalidRequest = "invalid_request"
    case unauthenticated, forbidden, unavailable
    case rateLimited = "rate_limited"
    case deadlineExceeded = "deadline_exceeded"
    /// A failure that nobody foresaw; its cause is in the log.
    case internalError = "internal_error"
    /// Too many concurrent changes of one value.
    case busy

    case invalidToken = "invalid_token"
    case tokenExpired = "token_expired"
    case serviceCredentialInvalid = "service_credential_invalid"

    case idempotencyKeyRequired = "idempotency_key_required"
    case invalidIdempotencyKey = "invalid_idempotency_key"
    case idempotencyKeyReused = "idempotency_key_reused"
    case idempotencyInFlight = "idempotency_in_flight"

    /// Also of a field.
    case invalidCursor = "invalid_cursor"
    /// Also of a field.
    case currencyMismatch = "currency_mismatch"
    case badRequest = "bad_request"
    case invalidJSON = "invalid_json"
    case invalidQuery = "invalid_query"
    case incompleteBody = "incomplete_body"
    case bodyTooLarge = "body_too_large"
    /// No such path.
    case notFound = "not_found"
    case documentNotFound = "document_not_found"

    case eventTooLarge = "event_too_large"
    /// The process shuts down.
    case draining
    case diskNotWritable = "disk_not_writable"
    case databaseNotWritable = "database_not_writable"

    package var kind: ServiceError.Kind {
        switch self {
        case .badRequest, .invalidJSON, .invalidQuery, .incompleteBody, .idempotencyKeyRequired, .invalidIdempotencyKey:
            .unreadable
        case .unauthenticated, .invalidToken, .tokenExpired, .serviceCredentialInvalid: .unauthenticated
        case .forbidden: .forbidden
        case .notFound, .documentNotFound: .notFound
        case .busy, .idempotencyInFlight: .conflict
        case .bodyTooLarge, .eventTooLarge: .tooLarge
        case .invalidRequest, .invalidCursor, .currencyMismatch, .idempotencyKeyReused: .invalid
        case .rateLimited: .tooManyRequests
        case .unavailable, .deadlineExceeded, .draining, .diskNotWritable, .databaseNotWritable: .unavailable
        case .internalError: .internal
        }
    }
}
