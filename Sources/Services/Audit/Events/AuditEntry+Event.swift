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
            default: nil
            }
        let action = known ?? AuditedAction("event.\(event.type)", actor: "", subject: event.key)
        self = try action.entry(eventID: event.id, source: event.source, key: event.key, at: event.time)
    }
}

extension AuditDetail {
    /// An amount that the event leaves out is zero of no currency.
    static func money(_ money: EventMoney?) -> AuditDetail {
        .money(money?.amount ?? 0, currency: money?.currency ?? "")
    }
}
