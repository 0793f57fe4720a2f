import ServiceKit

/// Errors of accounts and sessions.
package enum AuthErrorCode: String, ErrorCodeList {
    case customerNotFound = "customer_not_found"
    case emailTaken = "email_taken"
    case invalidCredentials = "invalid_credentials"
    case invalidRefreshToken = "invalid_refresh_token"
    case refreshTokenReused = "refresh_token_reused"
    case tooManyLogins = "too_many_logins"
}

/// Faults of one field.
package enum AuthFieldCode: String, ErrorCodeList {
    case wrongPassword = "wrong_password"
    case sameAsEmail = "same_as_email"
    case tooCommon = "too_common"
}
