import EventContract
import EventLog

extension AuditedAction {
    /// Sign-ups, log-ins, failures, log-outs, changed passwords, revoked sessions.
    static func account(_ event: Event) throws -> AuditedAction? {
        if let message = try event.message(Magpie_Events_V1_AccountRegistered.self) {
            return AuditedAction(
                "account.registered", actor: message.customerID, subject: message.customerID,
                ["role": .text(message.role)])
        }
        if let message = try event.message(Magpie_Events_V1_AccountLoggedIn.self) {
            return AuditedAction("account.logged_in", actor: message.customerID, subject: message.customerID)
        }
        if let message = try event.message(Magpie_Events_V1_AccountLoginFailed.self) {
            return AuditedAction(
                "account.login_failed", actor: "anonymous", subject: "email_digest:\(message.emailDigest)",
                ["reason": .text(message.reason)])
        }
        if let message = try event.message(Magpie_Events_V1_AccountLoggedOut.self) {
            return AuditedAction("account.logged_out", actor: message.customerID, subject: message.customerID)
        }
        if let message = try event.message(Magpie_Events_V1_AccountPasswordChanged.self) {
            return AuditedAction("account.password_changed", actor: message.customerID, subject: message.customerID)
        }
        if let message = try event.message(Magpie_Events_V1_AccountSessionsRevoked.self) {
            return AuditedAction(
                "account.sessions_revoked", actor: "", subject: message.customerID, ["reason": .text(message.reason)])
        }
        return nil
    }

    /// What staff did through the API, as told, without the details that could name a person.
    static func staff(_ event: Event) throws -> AuditedAction? {
        guard let message = try event.message(Magpie_Events_V1_StaffActed.self) else { return nil }
        let personal = ["mail", "name", "address", "phone", "token", "password"]
        let details = message.details.filter { key, _ in !personal.contains { key.lowercased().contains($0) } }
        return AuditedAction(
            "staff.\(message.action)", actor: message.actor, subject: message.subject,
            details.mapValues { .text(String($0.prefix(500))) })
    }
}
