import Commerce
import SQL
import ServiceKit

/// What the use cases of accounts share.
struct AuthContext: Sendable {
    let database: any Database
    let clock: WallClock
    let keys: SigningKeys
    let hashPassword: HashPassword
    let verifyPassword: VerifyPassword
    let admitLogin: AdmitLogin
    let accessLifetime: Duration
    let refreshLifetime: Duration
    /// The HMAC key of the digests in ``LoginAttempt``.
    let digestKey: [UInt8]
    let counters: AccountCounters

    /// An attempt of the current caller.
    func attempt(_ email: String, to purpose: LoginAttempt.Purpose = .logIn) -> LoginAttempt {
        LoginAttempt(email: email, client: CallContext.current.clientNetwork, purpose: purpose, key: digestKey)
    }
}
