package import Commerce

/// One record of the audit log, chained to the one before it by hash.
package struct AuditRecord: Hashable, Sendable, Codable {
    package var sequence: Int64
    package var action: String
    package var actor: String
    /// What it was done to: `ord_…`.
    package var subject: String
    package var occurredAt: Instant
    /// Details without personal data, as JSON.
    package var details: String
    package var previousHash: String
    package var hash: String

    package init(
        sequence: Int64, action: String, actor: String, subject: String, occurredAt: Instant, details: String,
        previousHash: String, hash: String
    ) {
        self.sequence = sequence
        self.action = action
        self.actor = actor
        self.subject = subject
        self.occurredAt = occurredAt
        self.details = details
        self.previousHash = previousHash
        self.hash = hash
    }

    enum CodingKeys: String, CodingKey {
        case sequence, action, actor, subject, details, hash
        case occurredAt = "occurred_at"
        case previousHash = "previous_hash"
    }
}
