import EventContract
import EventLog

extension AuditedAction {
    /// Sign-ups, log-ins, failures, log-outs, changed passwords, revoked sessions.
    static func account(_ event: Event) throws -> AuditedAction? {
        if let payload = try event.payload(AccountRegistered.self) {
            return AuditedAction(
                "account.registered", actor: payload.customerID, subject: payload.customerID,
                ["role": .text(payload.role)])
        }
        if let payload = try event.payload(AccountLoggedIn.self) {
            return AuditedAction("account.logged_in", actor: payload.customerID, subject: payload.customerID)
        }
        if let payload = try event.payload(AccountLoginFailed.self) {
            return AuditedAction(
                "account.login_failed", actor: "anonymous", subject: "email_digest:\(payload.emailDigest)",
                ["reason": .text(payload.reason)])
        }
        if let payload = try event.payload(AccountLoggedOut.self) {
            return AuditedAction("account.logged_out", actor: payload.customerID, subject: payload.customerID)
        }
        if let payload = try event.payload(AccountPasswordChanged.self) {
            return AuditedAction("account.password_changed", actor: payload.customerID, subject: payload.customerID)
        }
        if let payload = try event.payload(AccountSessionsRevoked.self) {
            return AuditedAction(
                "account.sessions_revoked", actor: "", subject: payload.customerID, ["reason": .text(payload.reason)])
        }
        return nil
    }

    /// What staff did through the API, without the details that could name a person.
    static func staff(_ event: Event) throws -> AuditedAction? {
        guard let payload = try event.payload(StaffActed.self) else { return nil }
        let personal = ["mail", "name", "address", "phone", "token", "password"]
        let details = payload.details.filter { key, _ in !personal.contains { key.lowercased().contains($0) } }
        return AuditedAction(
            "staff.\(payload.action)", actor: payload.actor, subject: payload.subject,
            details.mapValues { .text(String($0.prefix(500))) })
    }
}
