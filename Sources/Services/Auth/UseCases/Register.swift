import AuthContract
import Commerce
import SQL
import ServiceKit

/// Creates a customer's account and logs the customer in.
///
/// Honours the call's idempotency key. The stored response is the customer's id alone, never tokens: a replay logs the
/// customer in anew, after checking the password. Nor does the stored request hash cover the password: a fast hash of
/// it would be an easier target than the slow one.
struct Register: Sendable {
    let context: AuthContext

    /// - Parameter registration: Validated.
    func run(_ registration: Registration) async throws -> Outcome<SignIn> {
        var key = CallContext.current.idempotency
        key?.requestHash = Digest.sha256("register\n\(registration.email)\n\(registration.name)")
        if let replay = try await replay(registration, key: key) { return replay }
        let hash = try await context.hashPassword.run(registration.password)
        let now = context.clock.now()
        let customer = Customer(
            id: CustomerID(at: now), email: registration.email, name: registration.name, role: .customer,
            createdAt: now)
        if let signIn = try await create(customer, hash: hash, key: key) {
            context.counters.countCreated()
            return Outcome(signIn)
        }
        guard let replay = try await replay(registration, key: key) else { throw ServiceError.emailTaken }
        return replay
    }

    /// - Returns: Nil when a concurrent request with the same key was first.
    private func create(_ customer: Customer, hash: String, key: IdempotencyKey?) async throws -> SignIn? {
        let attempt = context.attempt(customer.email)
        do {
            return try await StartSession(context: context).run(for: customer, after: attempt) { tx, now in
                if try Idempotency.response(for: key, in: tx) != nil { throw ConcurrentRequest() }
                guard try CustomerTable.insert(customer, passwordHash: hash, in: tx) else {
                    throw ServiceError.emailTaken
                }
                try Idempotency.store(customer.id.rawValue, for: key, at: now, in: tx)
                try AccountEvents.registered(customer, at: now, in: tx)
            }
        } catch is ConcurrentRequest {
            return nil
        }
    }

    private func replay(_ registration: Registration, key: IdempotencyKey?) async throws -> Outcome<SignIn>? {
        guard key != nil else { return nil }
        let stored = try await context.database.read { tx -> (Customer, String)? in
            guard let id = try Idempotency.response(for: key, in: tx),
                let account = try CustomerTable.find(email: registration.email, in: tx),
                account.customer.id.rawValue == id
            else { return nil }
            return (account.customer, account.passwordHash)
        }
        guard let (customer, hash) = stored else { return nil }
        guard try await context.verifyPassword.run(registration.password, against: hash) else {
            throw ServiceError.idempotencyKeyReused
        }
        let attempt = context.attempt(customer.email)
        let signIn = try await StartSession(context: context).run(for: customer, after: attempt) { tx, now in
            try AccountEvents.loggedIn(customer.id, at: now, in: tx)
        }
        return Outcome(signIn, replayed: true)
    }
}

/// A request with the same idempotency key has created the account.
private struct ConcurrentRequest: Error {}
