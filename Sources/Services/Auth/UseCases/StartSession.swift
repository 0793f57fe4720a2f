import AuthContract
import Commerce
import SQL

/// Starts a session of a customer who has proved the password.
struct StartSession: Sendable {
    let context: AuthContext

    /// - Parameters:
    ///   - attempt: Its origin becomes a known network of the account.
    ///   - effect: Runs in the same transaction first; prevents the session by throwing.
    func run(
        for customer: Customer, after attempt: LoginAttempt,
        _ effect: @escaping @Sendable (any SQLTransaction, Instant) throws -> Void
    ) async throws -> SignIn {
        let token = RefreshToken(secret: GenerateSecret.run(bytes: RefreshToken.secretLength))
        let (now, lifetime) = (context.clock.now(), context.refreshLifetime)
        let signer = try await context.keys.currentSigner()
        try await context.database.write { [admitLogin = context.admitLogin] tx in
            try effect(tx, now)
            try admitLogin.recordSuccess(of: attempt, on: customer.id, at: now, in: tx)
            try SessionTable.start(for: customer.id, token: token, at: now, lifetime: lifetime, in: tx)
        }
        return try await IssueTokens(lifetime: context.accessLifetime).run(for: customer, token, by: signer, at: now)
    }
}
