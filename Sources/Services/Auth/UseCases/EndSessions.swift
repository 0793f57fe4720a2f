import Commerce
import SQL

/// Ends every session of a customer, in the transaction that is the reason for it.
struct EndSessions: Sendable {
    let reason: String

    func run(of customer: CustomerID, at now: Instant, in tx: any SQLTransaction) throws {
        guard try SessionTable.endAll(of: customer, for: reason, at: now, in: tx) > 0 else { return }
        try AccountEvents.sessionsRevoked(customer, reason: reason, at: now, in: tx)
    }
}
