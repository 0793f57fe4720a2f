import AuthContract
import Commerce
import ServiceKit

extension ServiceError {
    static let emailTaken = ServiceError(AuthErrorCode.emailTaken, "There is an account with this e-mail address.")
    static let invalidCredentials = ServiceError(
        AuthErrorCode.invalidCredentials, "E-mail address or password is wrong.")
    static let invalidRefreshToken = ServiceError(
        AuthErrorCode.invalidRefreshToken, "The session has ended. Log in again.")
    static let refreshTokenReused = ServiceError(
        AuthErrorCode.refreshTokenReused, "This refresh token was used before. Log in again.")

    static func tooManyLogins(retryAfter: Duration) -> ServiceError {
        ServiceError(
            AuthErrorCode.tooManyLogins, "Too many failed attempts. Try again in \(retryAfter.inWords).",
            retryAfter: retryAfter)
    }
}

extension Duration {
    /// Rounded up, so that waiting this long is always enough.
    fileprivate var inWords: String {
        let seconds = max(1, (wholeMilliseconds + 999) / 1_000)
        if seconds < 60 { return seconds == 1 ? "1 second" : "\(seconds) seconds" }
        let minutes = (seconds + 59) / 60
        return minutes == 1 ? "1 minute" : "\(minutes) minutes"
    }
}
