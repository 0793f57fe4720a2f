import AuthContract
import Commerce
import EventContract
import EventLog
import SQL
import SwiftProtobuf

/// What happened to accounts, told in the transaction that made it happen. No event names a mail address.
enum AccountEvents {
    static func registered(_ customer: Customer, at now: Instant, in tx: any SQLTransaction) throws {
        var message = Magpie_Events_V1_AccountRegistered()
        message.customerID = customer.id.rawValue
        message.role = customer.role.rawValue
        try append(message, key: customer.id.rawValue, at: now, in: tx)
    }

    static func loggedIn(_ customer: CustomerID, at now: Instant, in tx: any SQLTransaction) throws {
        var message = Magpie_Events_V1_AccountLoggedIn()
        message.customerID = customer.rawValue
        try append(message, key: customer.rawValue, at: now, in: tx)
    }

    static func loginFailed(digest: String, reason: String, at now: Instant, in tx: any SQLTransaction) throws {
        var message = Magpie_Events_V1_AccountLoginFailed()
        message.emailDigest = digest
        message.reason = reason
        try append(message, key: digest, at: now, in: tx)
    }

    static func loggedOut(_ customer: CustomerID, at now: Instant, in tx: any SQLTransaction) throws {
        var message = Magpie_Events_V1_AccountLoggedOut()
        message.customerID = customer.rawValue
        try append(message, key: customer.rawValue, at: now, in: tx)
    }

    static func passwordChanged(_ customer: CustomerID, at now: Instant, in tx: any SQLTransaction) throws {
        var message = Magpie_Events_V1_AccountPasswordChanged()
        message.customerID = customer.rawValue
        try append(message, key: customer.rawValue, at: now, in: tx)
    }

    static func sessionsRevoked(_ customer: CustomerID, reason: String, at now: Instant, in tx: any SQLTransaction)
        throws
    {
        var message = Magpie_Events_V1_AccountSessionsRevoked()
        message.customerID = customer.rawValue
        message.reason = reason
        try append(message, key: customer.rawValue, at: now, in: tx)
    }

    /// What an operator did at the command line.
    static func operatorActed(
        _ actor: String, _ action: String, on subject: String, _ details: [String: String] = [:], at now: Instant,
        in tx: any SQLTransaction
    ) throws {
        var message = Magpie_Events_V1_StaffActed()
        message.actor = actor
        message.action = action
        message.subject = subject
        message.details = details
        try append(message, to: .staff, key: actor, at: now, in: tx)
    }

    private static func append(
        _ message: some SwiftProtobuf.Message, to topic: Topic = .accounts, key: String, at now: Instant,
        in tx: any SQLTransaction
    ) throws {
        try Outbox.append(try Event(message, source: "auth-service", topic: topic, key: key, at: now), in: tx)
    }
}
