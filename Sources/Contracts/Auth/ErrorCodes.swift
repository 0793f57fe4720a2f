import Commerce
package import ServiceKit

/// Errors of accounts and sessions.
package enum AuthErrorCode: String, ServiceErrorCodeList {
    case customerNotFound = "customer_not_found"
    case emailTaken = "email_taken"
    case invalidCredentials = "invalid_credentials"
    case invalidRefreshToken = "invalid_refresh_token"
    case refreshTokenReused = "refresh_token_reused"
    case tooManyLogins = "too_many_logins"

    package var kind: ServiceError.Kind {
        switch self {
        case .customerNotFound: .notFound
        case .emailTaken: .conflict
        case .invalidCredentials, .invalidRefreshToken, .refreshTokenReused: .unauthenticated
        case .tooManyLogins: .tooManyRequests
        }
    }
}

/// Faults of one field.
package enum AuthFieldCode: String, ErrorCodeList {
    case wrongPassword = "wrong_password"
    case sameAsEmail = "same_as_email"
    case tooCommon = "too_common"
}

extension ServiceError {
    package static let customerNotFound = ServiceError(AuthErrorCode.customerNotFound, "There is no such customer.")
}
