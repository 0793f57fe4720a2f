package import AuthContract
import Commerce
import Identity
import SQL
import ServiceKit

extension AuthService {
    package func logIn(email: String, password: String) async throws -> SignIn {
        try await atEdge {
            let address = EmailAddress.normalised(email)
            let attempt = attempt(address ?? email.lowercased())
            let account = try await database.read { tx in
                try address.flatMap { try CustomerTable.find(email: $0, in: tx) }
            }
            try await admit(attempt, to: account?.customer.id)
            let correct = try await passwords.verify(password, against: account?.passwordHash)
            guard correct, let (customer, hash) = account else {
                try await noteFailure(attempt, to: account?.customer.id)
                throw ServiceError.invalidCredentials
            }
            return try await signIn(customer, attempt) { [gate] tx, now in
                // Counted again: of many guesses sent at once, those after the fifth failure learn nothing.
                if let wait = try gate.enter(attempt, to: customer.id, at: now, in: tx) {
                    throw ServiceError.tooManyLogins(retryAfter: wait)
                }
                // A new password ends all sessions: none may begin with the old one afterwards.
                guard try CustomerTable.holds(customer.id, passwordHash: hash, in: tx) else {
                    throw ServiceError.invalidCredentials
                }
                try AccountEvents.loggedIn(customer.id, at: now, in: tx)
            }
        }
    }

    package func refresh(_ refreshToken: String) async throws -> SignIn {
        try await atEdge {
            guard let shown = RefreshToken(refreshToken) else { throw ServiceError.invalidRefreshToken }
            let (next, now, lifetime) = (RefreshToken(), clock.now(), settings.refreshLifetime)
            let signer = try await keys.currentSigner()
            // A reuse is an outcome, not an error, in here: throwing would undo the revocation.
            let outcome = try await database.write { tx in
                let outcome = try SessionTable.rotate(shown, into: next, at: now, lifetime: lifetime, in: tx)
                if case .reused(let customer, revoked: true) = outcome {
                    try AccountEvents.sessionsRevoked(customer, reason: "refresh_token_reused", at: now, in: tx)
                }
                return outcome
            }
            switch outcome {
            case .rotated(let customer): return try await answer(customer, next, signer, at: now)
            case .reused: throw ServiceError.refreshTokenReused
            case .unknown: throw ServiceError.invalidRefreshToken
            }
        }
    }

    package func logOut(refreshToken: String) async throws {
        try await atEdge {
            guard let shown = RefreshToken(refreshToken) else { return }
            let now = clock.now()
            try await database.write { tx in
                guard let customer = try SessionTable.end(shown, at: now, in: tx) else { return }
                try AccountEvents.loggedOut(customer, at: now, in: tx)
            }
        }
    }

    /// Starts a session in one transaction with `effect`, which may throw to prevent it. From then on the account knows
    /// where the attempt came from.
    func signIn(
        _ customer: Customer, _ attempt: LoginAttempt,
        _ effect: @escaping @Sendable (any SQLTransaction, Instant) throws -> Void
    ) async throws -> SignIn {
        let (token, now, lifetime) = (RefreshToken(), clock.now(), settings.refreshLifetime)
        let signer = try await keys.currentSigner()
        try await database.write { [gate] tx in
            try effect(tx, now)
            try gate.noteSuccess(of: attempt, to: customer.id, at: now, in: tx)
            try SessionTable.start(for: customer.id, token: token, at: now, lifetime: lifetime, in: tx)
        }
        return try await answer(customer, token, signer, at: now)
    }

    private func answer(
        _ customer: Customer, _ token: RefreshToken, _ signer: TokenSigner, at now: Instant
    ) async throws -> SignIn {
        let permissions = customer.role == .administrator ? Set(Permission.allCases) : []
        let access = try await signer.token(
            for: customer.id, permissions: permissions, at: now, lifetime: settings.accessLifetime)
        return SignIn(
            customer: customer, accessToken: access, refreshToken: token.text,
            expiresIn: Int(settings.accessLifetime.components.seconds))
    }

    func attempt(_ email: String, to purpose: LoginAttempt.Purpose = .logIn) -> LoginAttempt {
        LoginAttempt(
            email: email, client: CallContext.current.clientNetwork, purpose: purpose, key: settings.digestKey)
    }

    /// Throws `too_many_logins` when the attempt may not be made now.
    func admit(_ attempt: LoginAttempt, to customer: CustomerID?) async throws {
        let now = clock.now()
        let admission = try await database.read { [gate] tx in
            try gate.admission(of: attempt, to: customer, at: now, in: tx)
        }
        let wait: Duration? =
            switch admission {
            case .admitted: nil
            case .refused(let wait): wait
            case .needsTurn:
                try await database.write { [gate] tx in try gate.enter(attempt, to: customer, at: now, in: tx) }
            }
        if let wait { throw ServiceError.tooManyLogins(retryAfter: wait) }
    }

    /// Throws `too_many_logins` when this one was too many.
    func noteFailure(_ attempt: LoginAttempt, to customer: CustomerID?) async throws {
        let now = clock.now()
        let wait = try await database.write { [gate] tx -> Duration? in
            if let wait = try gate.enter(attempt, to: customer, at: now, in: tx) { return wait }
            try gate.noteFailure(of: attempt, to: customer, at: now, in: tx)
            try AccountEvents.loginFailed(digest: attempt.email, reason: "invalid_credentials", at: now, in: tx)
            return nil
        }
        if let wait { throw ServiceError.tooManyLogins(retryAfter: wait) }
    }
}
