package import AuthContract
import Calls
import Commerce
import Identity
import SQL

/// What the command line does to accounts; no caller's permissions are checked here.
extension AuthService {
    /// Creates an administrator, or makes an existing account one. Its password is set either way, and sessions that
    /// an existing account had end.
    /// - Parameter password: Made up when nil.
    /// - Returns: The account and the password it now has, which nothing can show again.
    package func createAdministrator(
        email: String, password: String?, name: String
    ) async throws -> (Customer, password: String) {
        try await atEdge {
            let password = password ?? Base64URL.encode((0..<18).map { _ in UInt8.random(in: .min ... .max) })
            let wanted = try Registration(email: email, password: password, name: name).validated()
            let hash = try await passwords.hash(password)
            let (now, attempt) = (clock.now(), attempt(wanted.email))
            let customer = try await database.write { tx in
                if var existing = try CustomerTable.find(email: wanted.email, in: tx)?.customer {
                    existing.role = .administrator
                    try CustomerTable.update(existing.id, role: .administrator, passwordHash: hash, at: now, in: tx)
                    try LoginFailureTable.clearAll(attempt, in: tx)
                    if try SessionTable.endAll(of: existing.id, for: "password_reset", at: now, in: tx) > 0 {
                        try AccountEvents.sessionsRevoked(existing.id, reason: "password_reset", at: now, in: tx)
                    }
                    return existing
                }
                return try Self.insert(wanted, role: .administrator, hash: hash, at: now, in: tx)
            }
            return (customer, password)
        }
    }

    /// The account with this mail address, made when there is none; an existing one stays as it is.
    package func ensureDemoCustomer(email: String, password: String, name: String) async throws -> Customer {
        try await atEdge {
            let wanted = try Registration(email: email, password: password, name: name).validated()
            let existing = try await database.read { tx in try CustomerTable.find(email: wanted.email, in: tx)?.customer
            }
            if let existing { return existing }
            let hash = try await passwords.hash(password)
            let now = clock.now()
            return try await database.write { tx in
                if let existing = try CustomerTable.find(email: wanted.email, in: tx)?.customer { return existing }
                return try Self.insert(wanted, role: .customer, hash: hash, at: now, in: tx)
            }
        }
    }

    private static func insert(
        _ wanted: Registration, role: Customer.Role, hash: String, at now: Instant, in tx: any SQLTransaction
    ) throws -> Customer {
        let customer = Customer(
            id: CustomerID(at: now), email: wanted.email, name: wanted.name, role: role, createdAt: now)
        guard try CustomerTable.insert(customer, passwordHash: hash, in: tx) else { throw ServiceError.emailTaken }
        try AccountEvents.registered(customer, at: now, in: tx)
        return customer
    }
}
