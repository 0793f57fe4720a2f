import AuthContract
import Commerce
import SQL

/// Makes a customer an administrator and ends the sessions that began without the role.
struct PromoteCustomer: Sendable {
    /// Who acts, as the audit log names it.
    let actor: String

    func run(_ customer: Customer, at now: Instant, in tx: any SQLTransaction) throws -> Customer {
        var customer = customer
        customer.role = .administrator
        if try CustomerTable.setRole(of: customer.id, to: .administrator, at: now, in: tx) {
            try AccountEvents.operatorActed(actor, "administrator.promote", on: customer.id.rawValue, at: now, in: tx)
            try EndSessions(reason: "role_changed").run(of: customer.id, at: now, in: tx)
        }
        return customer
    }
}
