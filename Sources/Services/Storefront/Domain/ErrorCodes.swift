import ServiceKit

/// Codes that only pages and their files respond with, never the API.
enum PageErrorCode: String, ServiceErrorCodeList {
    case invalidForm = "invalid_form"
    case formExpired = "form_expired"
    case fileNotFound = "file_not_found"

    var kind: ServiceError.Kind {
        switch self {
        case .invalidForm: .unreadable
        case .formExpired: .forbidden
        case .fileNotFound: .notFound
        }
    }
}

extension ServiceError {
    static let fileNotFound = ServiceError(PageErrorCode.fileNotFound, "There is no such file.")
}
