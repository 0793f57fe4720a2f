import ServiceKit

/// How accounts and their sessions behave.
package struct AuthSettings: Sendable {
    /// The `iss` claim of access tokens.
    package var issuer: String
    /// The `aud` claim of access tokens.
    package var audience: String
    /// Whole seconds.
    package var accessLifetime: Duration
    /// Counts from the last refresh.
    package var refreshLifetime: Duration
    package var passwordCost: PasswordCost
    /// How many passwords of one client network may wait to be hashed; nil for no bound but the queue's own.
    package var hashesPerClient: Int?
    /// How many attempts to log in may fail in fifteen minutes from one network (IPv4 /24, IPv6 /48), on all accounts
    /// to which it is unknown; nil for no such bound.
    package var failuresPerNetwork: Int?
    /// The HMAC key of the digests that stand for email addresses in the audit log and for networks; the same in
    /// every replica.
    package var digestKey: [UInt8]

    package init(
        issuer: String = "magpie", audience: String = "magpie", accessLifetime: Duration = .seconds(900),
        refreshLifetime: Duration = .seconds(30 * 86_400), passwordCost: PasswordCost = .recommended,
        hashesPerClient: Int? = 32, failuresPerNetwork: Int? = 200,
        digestKey: [UInt8] = randomBytes(32)
    ) {
        self.issuer = issuer
        self.audience = audience
        self.accessLifetime = accessLifetime
        self.refreshLifetime = refreshLifetime
        self.passwordCost = passwordCost
        self.hashesPerClient = hashesPerClient
        self.failuresPerNetwork = failuresPerNetwork
        self.digestKey = digestKey
    }
}
