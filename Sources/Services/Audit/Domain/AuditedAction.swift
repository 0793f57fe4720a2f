import Commerce
import FoundationEssentials

/// What of an event the log keeps. Personal data is dropped here, before anything is stored.
struct AuditedAction: Hashable, Sendable {
    var action: String
    var actor: String
    var subject: String
    var details: [String: AuditDetail]

    init(_ action: String, actor: String, subject: String, _ details: [String: AuditDetail] = [:]) {
        self.action = action
        self.actor = actor
        self.subject = subject
        self.details = details
    }

    /// - Parameters:
    ///   - source: Stands for the actor when the event names none.
    ///   - key: Stands for the subject when the event names none.
    func entry(eventID: EventID, source: String, key: String, at time: Instant) throws -> AuditEntry {
        AuditEntry(
            eventID: eventID, action: action, actor: actor.isEmpty ? "system:\(source)" : actor,
            subject: subject.isEmpty ? key : subject, occurredAt: time,
            details: String(decoding: try Self.encoder.encode(details.filter { $1 != .text("") }), as: UTF8.self))
    }

    private static let encoder = {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return encoder
    }()
}

/// One value among the details.
enum AuditDetail: Hashable, Sendable, Encodable {
    case text(String)
    case number(Int64)
    case money(Int64, currency: String)

    func encode(to encoder: any Encoder) throws {
        switch self {
        case .text(let text):
            var container = encoder.singleValueContainer()
            try container.encode(text)
        case .number(let number):
            var container = encoder.singleValueContainer()
            try container.encode(number)
        case .money(let amount, let currency):
            var container = encoder.container(keyedBy: MoneyKeys.self)
            try container.encode(amount, forKey: .amount)
            try container.encode(currency, forKey: .currency)
        }
    }

    private enum MoneyKeys: String, CodingKey { case amount, currency }
}
