import Commerce
import SQL
import ServiceKit

/// Decides from what is stored whether an attempt may be made, and stores how it ended: see ``LoginThrottle``.
struct AdmitLogin: Sendable {
    let database: any Database
    let clock: WallClock
    /// How many attempts may fail from one network on all accounts to which it is unknown; nil for no bound.
    let failuresPerNetwork: Int?

    /// Throws `too_many_logins` when the attempt may not be made now. Call it before hashing the password.
    /// - Parameter customer: The owner of the account, if there is one.
    func run(_ attempt: LoginAttempt, on customer: CustomerID?) async throws {
        let now = clock.now()
        let admission = try await database.read { tx in
            try self.admission(of: attempt, on: customer, at: now, in: tx)
        }
        switch admission {
        case .admitted: break
        case .refused(let wait): throw ServiceError.tooManyLogins(retryAfter: wait)
        case .needsTurn:
            let wait = try await database.write { tx in try requiredWait(for: attempt, on: customer, at: now, in: tx) }
            if let wait { throw ServiceError.tooManyLogins(retryAfter: wait) }
        }
    }

    /// Throws `too_many_logins` when this attempt was one too many.
    func recordFailure(of attempt: LoginAttempt, on customer: CustomerID?) async throws {
        let now = clock.now()
        let wait = try await database.write { tx -> Duration? in
            if let wait = try requiredWait(for: attempt, on: customer, at: now, in: tx) { return wait }
            let isKnown = try match(of: attempt, on: customer, at: now, in: tx) != .unknown
            try LoginFailureTable.insert(attempt, isKnown: isKnown, at: now, in: tx)
            try AccountEvents.loginFailed(digest: attempt.email, reason: "invalid_credentials", at: now, in: tx)
            return nil
        }
        if let wait { throw ServiceError.tooManyLogins(retryAfter: wait) }
    }

    /// Checks again, in the transaction of an attempt whose password was right: of many guesses sent at once, those
    /// over the limit learn nothing.
    func confirm(
        _ attempt: LoginAttempt, on customer: CustomerID, at now: Instant, in tx: any SQLTransaction
    ) throws {
        guard let wait = try requiredWait(for: attempt, on: customer, at: now, in: tx) else { return }
        throw ServiceError.tooManyLogins(retryAfter: wait)
    }

    /// From now on the origin of the attempt is a known network of the account.
    func recordSuccess(
        of attempt: LoginAttempt, on customer: CustomerID, at now: Instant, in tx: any SQLTransaction
    ) throws {
        try LoginFailureTable.delete(attempt, in: tx)
        guard let origin = attempt.origin(for: customer) else { return }
        try KnownNetworkTable.insert(origin, of: customer, at: now, in: tx)
    }

    /// Locks the account until the transaction ends, so that no other attempt on it is counted meanwhile. Uses the
    /// network's turn, or gives it one.
    /// - Returns: How long to wait; nil when the attempt is admitted.
    private func requiredWait(
        for attempt: LoginAttempt, on customer: CustomerID?, at now: Instant, in tx: any SQLTransaction
    ) throws -> Duration? {
        try tx.lock("log-ins of \(attempt.account)")
        switch try admission(of: attempt, on: customer, at: now, in: tx) {
        case .admitted:
            try LoginQueueTable.leave(attempt, in: tx)
            return nil
        case .refused(let wait): return wait
        case .needsTurn: return try LoginQueueTable.join(attempt, at: now, in: tx)
        }
    }

    /// Writes nothing.
    private func admission(
        of attempt: LoginAttempt, on customer: CustomerID?, at now: Instant, in tx: any SQLTransaction
    ) throws -> LoginAdmission {
        func recent(_ scope: LoginFailureTable.Scope, limit: Int) throws -> [Instant] {
            try LoginFailureTable.recent(scope, of: attempt, limit: limit, at: now, in: tx)
        }
        func wait(_ scope: LoginFailureTable.Scope, limit: Int) throws -> Duration? {
            try LoginThrottle.wait(after: recent(scope, limit: limit), limit: limit, at: now)
        }
        let counted = LoginThrottle.countedFailures
        if let wait = try LoginThrottle.growingWait(after: recent(.client, limit: counted), at: now) {
            return .refused(wait)
        }
        switch try match(of: attempt, on: customer, at: now, in: tx) {
        case .client: return .admitted
        case .network:
            return try wait(.knownNetwork, limit: LoginThrottle.failuresInKnownNetwork).map { .refused($0) }
                ?? .admitted
        case .unknown: break
        }
        if let failuresPerNetwork, let wait = try wait(.network, limit: failuresPerNetwork) { return .refused(wait) }
        guard try wait(.unknownNetworks, limit: LoginThrottle.failuresInUnknownNetworks) != nil else {
            return .admitted
        }
        guard let wait = try LoginQueueTable.wait(for: attempt, at: now, in: tx) else { return .needsTurn }
        return wait > .zero ? .refused(wait) : .admitted
    }

    private func match(
        of attempt: LoginAttempt, on customer: CustomerID?, at now: Instant, in tx: any SQLTransaction
    ) throws -> KnownNetwork.Match {
        guard let customer else { return .unknown }
        return try KnownNetworkTable.match(of: attempt.origin(for: customer), for: customer, at: now, in: tx)
    }
}
