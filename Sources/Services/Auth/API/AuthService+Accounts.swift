package import AuthContract
package import Commerce
import SQL
package import ServiceKit

extension AuthService {
    /// Honours the call's idempotency key. The stored answer is the customer's id alone, never tokens: a replay logs
    /// the customer in anew, after checking the password. Nor does the stored request hash cover the password: a
    /// fast hash of it would be an easier target than the slow one.
    package func register(_ registration: Registration) async throws -> Outcome<SignIn> {
        try await atEdge {
            let wanted = try registration.validated()
            var key = CallContext.current.idempotency
            key?.requestHash = Digest.sha256("register\n\(wanted.email)\n\(wanted.name)")
            if let replay = try await replay(wanted, key: key) { return replay }
            let hash = try await passwords.hash(wanted.password)
            let now = clock.now()
            let customer = Customer(
                id: CustomerID(at: now), email: wanted.email, name: wanted.name, role: .customer, createdAt: now)
            let signedIn = try await firstSignIn(customer, hash: hash, key: key)
            if let signedIn { return Outcome(signedIn) }
            guard let replay = try await replay(wanted, key: key) else { throw ServiceError.emailTaken }
            return replay
        }
    }

    /// - Returns: Nil when a concurrent request with the same key was first.
    private func firstSignIn(_ customer: Customer, hash: String, key: IdempotencyKey?) async throws -> SignIn? {
        do {
            return try await signIn(customer, attempt(customer.email)) { tx, now in
                if try Idempotency.response(for: key, in: tx) != nil { throw AnsweredAlready() }
                guard try CustomerTable.insert(customer, passwordHash: hash, in: tx) else {
                    throw ServiceError.emailTaken
                }
                try Idempotency.store(customer.id.rawValue, for: key, at: now, in: tx)
                try AccountEvents.registered(customer, at: now, in: tx)
            }
        } catch is AnsweredAlready {
            return nil
        }
    }

    private func replay(_ wanted: Registration, key: IdempotencyKey?) async throws -> Outcome<SignIn>? {
        guard key != nil else { return nil }
        let stored = try await database.read { tx -> (Customer, String)? in
            guard let id = try Idempotency.response(for: key, in: tx),
                let account = try CustomerTable.find(email: wanted.email, in: tx), account.customer.id.rawValue == id
            else { return nil }
            return (account.customer, account.passwordHash)
        }
        guard let (customer, hash) = stored else { return nil }
        guard try await passwords.verify(wanted.password, against: hash) else {
            throw ServiceError.idempotencyKeyReused
        }
        let signedIn = try await signIn(customer, attempt(customer.email)) { tx, now in
            try AccountEvents.loggedIn(customer.id, at: now, in: tx)
        }
        return Outcome(signedIn, replayed: true)
    }

    package func customer(_ id: CustomerID) async throws -> Customer {
        try await atEdge {
            let caller = CallContext.current.principal
            guard caller != .anonymous else { throw ServiceError.unauthenticated }
            // Somebody else's account is as absent as one that does not exist.
            guard caller.customerID == id || caller.may(.customersRead),
                let found = try await database.read({ tx in try CustomerTable.find(id, in: tx) })
            else { throw ServiceError.notFound("customer") }
            return found
        }
    }

    package func customers(email: String?, page: PageRequest) async throws -> Page<Customer> {
        try await atEdge {
            try CallContext.current.principal.require(.customersRead)
            let before = try page.cursor.map { text in
                guard let id = CustomerID(text) else {
                    throw ServiceError.invalid("cursor", code: "invalid_cursor", "must come from an earlier page")
                }
                return id
            }
            let wanted = email.map { EmailAddress.normalised($0) ?? $0 }
            let size = min(max(page.limit, 1), 100)
            // One more than asked for tells whether there is a next page.
            var (found, count) = try await database.read { tx in
                (
                    try CustomerTable.list(email: wanted, before: before, limit: size + 1, in: tx),
                    page.wantsCount ? try CustomerTable.count(email: wanted, in: tx) : nil
                )
            }
            let more = found.count > size
            if more { found.removeLast() }
            return Page(items: found, nextCursor: more ? found.last?.id.rawValue : nil, count: count)
        }
    }
}

private struct AnsweredAlready: Error {}
