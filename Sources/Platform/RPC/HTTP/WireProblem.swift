import Commerce
import ServiceKit

/// A ``ServiceError`` on the wire: a problem with the fields to restore the same error.
struct WireProblem: Codable {
    var kind: ServiceError.Kind
    var code: String
    var detail: String
    var errors: [ServiceError.Field]
    var retryAfterMilliseconds: Int64?

    init(_ error: ServiceError) {
        (kind, code, detail, errors) = (error.kind, error.code, error.message, error.fields)
        retryAfterMilliseconds = error.retryAfter?.wholeMilliseconds
    }

    var error: ServiceError {
        ServiceError(
            kind, code: code, detail, fields: errors,
            retryAfter: retryAfterMilliseconds.map { Duration.milliseconds($0) })
    }

    enum CodingKeys: String, CodingKey {
        case kind, code, detail, errors
        case retryAfterMilliseconds = "retry_after_ms"
    }
}
