import Commerce
import SQL

/// Decides by what is stored whether an attempt may be made: see ``LoginThrottle``.
struct LoginGate: Sendable {
    /// See ``AuthSettings/failuresPerNetwork``.
    let failuresPerNetwork: Int?

    /// Before the password is hashed: nothing is written.
    /// - Parameter customer: Whose account the address names, if any.
    func admission(
        of attempt: LoginAttempt, to customer: CustomerID?, at now: Instant, in tx: any SQLTransaction
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
        switch try familiarity(of: attempt, to: customer, at: now, in: tx) {
        case .client: return .admitted
        case .network:
            return try wait(.knownNetwork, limit: LoginThrottle.failuresInKnownNetwork).map { .refused($0) }
                ?? .admitted
        case .unknown: break
        }
        if let failuresPerNetwork, let wait = try wait(.network, limit: failuresPerNetwork) { return .refused(wait) }
        guard try wait(.strangers, limit: LoginThrottle.strangersFailures) != nil else { return .admitted }
        guard let wait = try LoginQueueTable.wait(for: attempt, at: now, in: tx) else { return .needsTurn }
        return wait > .zero ? .refused(wait) : .admitted
    }

    /// Counts for good: no other attempt on this account is counted until the transaction ends. Takes the network's turn,
    /// or gives it one.
    /// - Returns: How long to wait; nil when the attempt may be made, or has been made rightly.
    func enter(
        _ attempt: LoginAttempt, to customer: CustomerID?, at now: Instant, in tx: any SQLTransaction
    ) throws -> Duration? {
        try tx.lock("log-ins of \(attempt.account)")
        switch try admission(of: attempt, to: customer, at: now, in: tx) {
        case .admitted:
            try LoginQueueTable.leave(attempt, in: tx)
            return nil
        case .refused(let wait): return wait
        case .needsTurn: return try LoginQueueTable.join(attempt, at: now, in: tx)
        }
    }

    /// Comes after ``enter(_:to:at:in:)``.
    func noteFailure(
        of attempt: LoginAttempt, to customer: CustomerID?, at now: Instant, in tx: any SQLTransaction
    ) throws {
        let isKnown = try familiarity(of: attempt, to: customer, at: now, in: tx) != .unknown
        try LoginFailureTable.note(attempt, isKnown: isKnown, at: now, in: tx)
    }

    /// Comes after ``enter(_:to:at:in:)``.
    func noteSuccess(
        of attempt: LoginAttempt, to customer: CustomerID, at now: Instant, in tx: any SQLTransaction
    ) throws {
        try LoginFailureTable.clear(attempt, in: tx)
        guard let place = attempt.place(for: customer) else { return }
        try KnownPlaceTable.remember(place, of: customer, at: now, in: tx)
    }

    private func familiarity(
        of attempt: LoginAttempt, to customer: CustomerID?, at now: Instant, in tx: any SQLTransaction
    ) throws -> KnownPlaceTable.Familiarity {
        guard let customer else { return .unknown }
        return try KnownPlaceTable.familiarity(of: attempt.place(for: customer), to: customer, at: now, in: tx)
    }
}
