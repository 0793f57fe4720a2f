import AuthContract
import Commerce
import EventContract
import EventLog
import SQL

/// What happened to accounts, reported in the transaction that made it happen. No event names an email address.
enum AccountEvents {
    static func registered(_ customer: Customer, at now: Instant, in tx: any SQLTransaction) throws {
        try append(AccountRegistered(customerID: customer.id.rawValue, role: customer.role.rawValue), at: now, in: tx)
    }

    static func loggedIn(_ customer: CustomerID, at now: Instant, in tx: any SQLTransaction) throws {
        try append(AccountLoggedIn(customerID: customer.rawValue), at: now, in: tx)
    }

    static func loginFailed(digest: String, reason: String, at now: Instant, in tx: any SQLTransaction) throws {
        try append(AccountLoginFailed(emailDigest: digest, reason: reason), at: now, in: tx)
    }

    static func loggedOut(_ customer: CustomerID, at now: Instant, in tx: any SQLTransaction) throws {
        try append(AccountLoggedOut(customerID: customer.rawValue), at: now, in: tx)
    }

    static func passwordChanged(_ customer: CustomerID, at now: Instant, in tx: any SQLTransaction) throws {
        try append(AccountPasswordChanged(customerID: customer.rawValue), at: now, in: tx)
    }

    static func sessionsRevoked(_ customer: CustomerID, reason: String, at now: Instant, in tx: any SQLTransaction)
        throws
    {
        try append(AccountSessionsRevoked(customerID: customer.rawValue, reason: reason), at: now, in: tx)
    }

    /// What an operator did at the command line.
    static func operatorActed(
        _ actor: String, _ action: String, on subject: String, _ details: [String: String] = [:], at now: Instant,
        in tx: any SQLTransaction
    ) throws {
        try append(StaffActed(actor: actor, action: action, subject: subject, details: details), at: now, in: tx)
    }

    private static func append(_ payload: some EventPayload, at now: Instant, in tx: any SQLTransaction) throws {
        try Outbox.append(try Event(payload, source: "auth-service", at: now), in: tx)
    }
}
