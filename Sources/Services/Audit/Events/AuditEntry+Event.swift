import Commerce
import EventContract
import EventLog

extension AuditEntry {
    /// The record of an event. A type this version does not know is recorded by its name alone, so that nothing on
    /// the audited topics escapes the log.
    init(_ event: Event) throws {
        let known: AuditedAction? =
            switch event.topic {
            case .accounts: try .account(event)
            case .catalogue: try .catalogue(event)
            case .orders: try .order(event)
            case .staff: try .staff(event)
            case .behaviour: nil
            }
        let action = known ?? AuditedAction("event.\(event.type)", actor: "", subject: event.key)
        self = try action.entry(eventID: event.id, source: event.source, key: event.key, at: event.time)
    }
}

extension AuditDetail {
    static func money(_ money: Magpie_Events_V1_Money) -> AuditDetail {
        .money(money.amount, currency: money.currency)
    }
}
