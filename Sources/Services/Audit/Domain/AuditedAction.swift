/// What the log keeps of an event. Personal data is left out of it, before anything is stored.
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
}
