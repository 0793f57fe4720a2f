import Commerce
import ServiceKit

extension ServiceError {
    static let emailTaken = ServiceError(
        .conflict, code: "email_taken", "There is an account with this e-mail address.")
    static let invalidCredentials = ServiceError(
        .unauthenticated, code: "invalid_credentials", "E-mail address or password is wrong.")
    static let invalidRefreshToken = ServiceError(
        .unauthenticated, code: "invalid_refresh_token", "The session has ended. Log in again.")
    static let refreshTokenReused = ServiceError(
        .unauthenticated, code: "refresh_token_reused", "This refresh token was used before. Log in again.")

    static func tooManyLogins(retryAfter: Duration) -> ServiceError {
        ServiceError(
            .tooManyRequests, code: "too_many_logins", "Too many failed attempts. Try again in \(retryAfter.inWords).",
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
