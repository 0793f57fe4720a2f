import Commerce
package import HTTPTypes

/// Codes of errors that only HTTP has.
package enum WebErrorCode: String, ErrorCodeList {
    case methodNotAllowed = "method_not_allowed"
    case unsupportedMediaType = "unsupported_media_type"
    case headerTooLarge = "header_too_large"

    package var status: HTTPResponse.Status {
        switch self {
        case .methodNotAllowed: .methodNotAllowed
        case .unsupportedMediaType: .unsupportedMediaType
        case .headerTooLarge: .requestHeaderFieldsTooLarge
        }
    }
}
