/// A list of error codes. A code stands in one list: ``ErrorCode`` or ``FieldCode`` when no area owns it, else the list
/// of the area whose fact it states (`ErrorCodes.swift` of its contract). Codes are public and never change.
package protocol ErrorCodeList: RawRepresentable<String>, CaseIterable, Hashable, Sendable {}

/// Codes that any service and the edge respond with.
package enum ErrorCode: String, ErrorCodeList {
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

    case badRequest = "bad_request"
    case invalidJSON = "invalid_json"
    case invalidQuery = "invalid_query"
    case incompleteBody = "incomplete_body"
    case bodyTooLarge = "body_too_large"
    case headerTooLarge = "header_too_large"
    case unsupportedMediaType = "unsupported_media_type"
    case methodNotAllowed = "method_not_allowed"
    /// No such path.
    case notFound = "not_found"
    case documentNotFound = "document_not_found"
    case fileNotFound = "file_not_found"

    case eventTooLarge = "event_too_large"
    /// The process shuts down.
    case draining
    case diskNotWritable = "disk_not_writable"
    case databaseNotWritable = "database_not_writable"
}

/// Codes of one field of a request, in any area.
package enum FieldCode: String, ErrorCodeList {
    case required, invalid, malformed, duplicate
    case wrongType = "wrong_type"
    case unknownField = "unknown_field"
    case unknownValue = "unknown_value"
    case outOfRange = "out_of_range"
    case tooSmall = "too_small"
    case tooLarge = "too_large"
    case tooShort = "too_short"
    case tooLong = "too_long"
    case tooMany = "too_many"
    case invalidCharacters = "invalid_characters"
    case invalidID = "invalid_id"
    case invalidEmail = "invalid_email"
    case invalidDate = "invalid_date"
    case invalidTimestamp = "invalid_timestamp"
    /// Also the code of an error that has no other fault.
    case invalidCursor = "invalid_cursor"
    case invalidCountry = "invalid_country"
    case unknownRegion = "unknown_region"
    case invalidCurrency = "invalid_currency"
    case unknownCurrency = "unknown_currency"
    /// Also the code of an error that has no other fault.
    case currencyMismatch = "currency_mismatch"
}

extension ServiceError {
    package init(
        _ kind: Kind, code: some ErrorCodeList, _ message: String, fields: [Field] = [], retryAfter: Duration? = nil
    ) {
        self.init(kind, code: code.rawValue, message, fields: fields, retryAfter: retryAfter)
    }

    package static func invalid(_ field: String, code: some ErrorCodeList, _ detail: String) -> ServiceError {
        .invalid(field, code: code.rawValue, detail)
    }

    /// Whether this is the error's code.
    package func has(_ code: some ErrorCodeList) -> Bool { self.code == code.rawValue }
}

extension ServiceError.Field {
    package init(field: String, code: some ErrorCodeList, detail: String) {
        self.init(field: field, code: code.rawValue, detail: detail)
    }
}
