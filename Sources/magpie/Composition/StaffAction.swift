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
                var message = Magpie_Events_V1_StaffActed()
                message.actor = actor
                message.action = action.action
                message.subject = action.subject
                message.details = action.details
                return try Event(message, source: source, topic: .staff, key: actor)
            })
    }
}
