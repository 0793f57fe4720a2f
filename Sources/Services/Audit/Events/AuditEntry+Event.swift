import Commerce
import EventContract
import EventLog
import ServiceKit

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
        // The event's source and key stand for an actor and a subject that the event does not name.
        self.init(
            eventID: event.id, action: action.action,
            actor: action.actor.isEmpty ? "system:\(event.source)" : action.actor,
            subject: action.subject.isEmpty ? event.key : action.subject, occurredAt: event.time,
            details: try JSON.text(action.details.filter { $1 != .text("") }))
    }
}

extension AuditDetail {
    /// An amount that the event leaves out is zero of no currency.
    static func money(_ money: EventMoney?) -> AuditDetail {
        .money(money?.amount ?? 0, currency: money?.currency ?? "")
    }
}
