package import AuthContract
import Commerce
import Identity
import SQL
import ServiceKit

/// What the command line does to accounts and keys; no caller's permissions are checked here. Each act and its record for
/// the audit log are one transaction; `actor` is who acts, as that log names it.
extension AuthService {
    /// What became of an account that was to be an administrator's.
    package enum AdministratorCreation: Hashable, Sendable {
        /// Nothing can show the password again.
        case created(Customer, password: String)
        /// The account keeps its password; its sessions have ended.
        case promoted(Customer)
        /// It was an administrator's before, and is as it was.
        case unchanged(Customer)
        /// It is a customer's, and is as it was.
        case refused(Customer)
    }

    /// Creates an administrator's account.
    /// - Parameters:
    ///   - password: Of a new account; made up when nil.
    ///   - promote: Whether an account that a customer has may become an administrator's.
    package func createAdministrator(
        email: String, password: String?, name: String, promote: Bool = false, by actor: String
    ) async throws -> AdministratorCreation {
        try await atEdge {
            let password = password ?? Self.madeUpPassword()
            let wanted = try Registration(email: email, password: password, name: name).validated()
            let known = try await database.read { tx in try CustomerTable.find(email: wanted.email, in: tx) }
            let hash = known == nil ? try await passwords.hash(password) : nil
            let now = clock.now()
            return try await database.write { tx in
                if let customer = try CustomerTable.find(email: wanted.email, in: tx)?.customer {
                    if customer.role == .administrator { return .unchanged(customer) }
                    guard promote else { return .refused(customer) }
                    return .promoted(try Self.promote(customer, by: actor, at: now, in: tx))
                }
                // Nobody deletes accounts: the one that was found before is still there.
                guard let hash else { throw ServiceError.notFound("customer") }
                let customer = try Self.insert(wanted, role: .administrator, hash: hash, at: now, in: tx)
                try AccountEvents.operatorActed(
                    actor, "administrator.create", on: customer.id.rawValue, at: now, in: tx)
                return .created(customer, password: password)
            }
        }
    }

    private static func promote(
        _ customer: Customer, by actor: String, at now: Instant, in tx: any SQLTransaction
    ) throws -> Customer {
        var customer = customer
        customer.role = .administrator
        if try CustomerTable.setRole(of: customer.id, to: .administrator, at: now, in: tx) {
            try AccountEvents.operatorActed(actor, "administrator.promote", on: customer.id.rawValue, at: now, in: tx)
            try endSessions(of: customer.id, for: "role_changed", at: now, in: tx)
        }
        return customer
    }

    /// What became of an administrator's role that was to be taken away.
    package struct AdministratorRevocation: Hashable, Sendable {
        /// As the account is now.
        package var customer: Customer
        /// False when it was a customer's before.
        package var hasChanged: Bool
        /// Whether the shop has another administrator.
        package var leavesAdministrator: Bool
    }

    /// Makes the account a customer's and ends its sessions. Access tokens it has keep their permissions until they end,
    /// ``AuthSettings/accessLifetime`` later at most. Throws 404 `customer_not_found`.
    package func revokeAdministrator(email: String, by actor: String) async throws -> AdministratorRevocation {
        try await atEdge {
            let (address, now) = (EmailAddress.normalised(email) ?? email, clock.now())
            return try await database.write { tx in
                guard var customer = try CustomerTable.find(email: address, in: tx)?.customer else {
                    throw ServiceError.notFound("customer")
                }
                customer.role = .customer
                let hasChanged = try CustomerTable.setRole(of: customer.id, to: .customer, at: now, in: tx)
                if hasChanged {
                    try AccountEvents.operatorActed(
                        actor, "administrator.revoke", on: customer.id.rawValue, at: now, in: tx)
                    try Self.endSessions(of: customer.id, for: "role_changed", at: now, in: tx)
                }
                return AdministratorRevocation(
                    customer: customer, hasChanged: hasChanged,
                    leavesAdministrator: try CustomerTable.hasAdministrator(in: tx))
            }
        }
    }

    /// Gives the account a new password, ends its sessions and forgets what its log-ins were limited by. The role stays.
    /// Throws 404 `customer_not_found`.
    /// - Parameter password: Made up when nil.
    /// - Returns: The account and its password, which nothing can show again.
    package func resetPassword(
        email: String, password: String?, by actor: String
    ) async throws -> (customer: Customer, password: String) {
        try await atEdge {
            let address = EmailAddress.normalised(email) ?? email
            let password = password ?? Self.madeUpPassword()
            if let problem = PasswordRules.problem(with: password, email: address) {
                throw ServiceError.invalid([problem])
            }
            let hash = try await passwords.hash(password)
            let now = clock.now()
            let attempts = [attempt(address), attempt(address, to: .changePassword)]
            let customer = try await database.write { tx in
                guard let customer = try CustomerTable.find(email: address, in: tx)?.customer else {
                    throw ServiceError.notFound("customer")
                }
                try CustomerTable.setPassword(of: customer.id, to: hash, at: now, in: tx)
                for attempt in attempts {
                    try LoginFailureTable.clearAll(attempt, in: tx)
                    try LoginQueueTable.clearAll(attempt, in: tx)
                }
                // Whoever knew the old password may have been there too.
                try KnownPlaceTable.forgetAll(of: customer.id, in: tx)
                try AccountEvents.operatorActed(
                    actor, "account.reset_password", on: customer.id.rawValue, at: now, in: tx)
                try Self.endSessions(of: customer.id, for: "password_reset", at: now, in: tx)
                return customer
            }
            return (customer, password)
        }
    }

    /// Signs with a new key from ten minutes on; tokens of the old one stay valid until they end.
    package func rotateSigningKey(by actor: String) async throws {
        try await atEdge { try await keys.rotate(by: actor) }
    }

    /// For a key that others may know: withdraws all keys and signs with a new one. Every process has heard of it in two
    /// minutes; tokens of the old keys are refused then, and clients refresh them.
    package func withdrawSigningKeys(by actor: String) async throws {
        try await atEdge { try await keys.withdraw(by: actor) }
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

    private static func madeUpPassword() -> String {
        Base64URL.encode((0..<18).map { _ in UInt8.random(in: .min ... .max) })
    }

    private static func endSessions(
        of customer: CustomerID, for reason: String, at now: Instant, in tx: any SQLTransaction
    ) throws {
        guard try SessionTable.endAll(of: customer, for: reason, at: now, in: tx) > 0 else { return }
        try AccountEvents.sessionsRevoked(customer, reason: reason, at: now, in: tx)
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
