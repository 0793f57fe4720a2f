import EventContract
import EventLog

/// What a member of the staff or an operator does, as the audit log keeps it: without personal data.
struct StaffAction: Sendable {
    let action: String
    let subject: String
    let details: [String: String]

    init(_ action: String, on subject: String, _ details: [String: String] = [:]) {
        self.action = action
        self.subject = subject
        self.details = details
    }
}

extension EventLog {
    /// Puts on record for the audit log what staff or an operator did; durable on return.
    func record(_ actions: [StaffAction], by actor: String, source: String) async throws {
        try await publish(
            actions.map { action in
                try Event(
                    StaffActed(actor: actor, action: action.action, subject: action.subject, details: action.details),
                    source: source)
            })
    }
}
