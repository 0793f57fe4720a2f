package import Commerce
package import ServiceKit

/// The tamper-evident log. Staff, `audit:read`.
package protocol AuditTrail: Sendable {
    /// Newest first.
    func records(action: String?, actor: String?, page: PageRequest) async throws -> Page<AuditRecord>
    /// Recomputes the whole chain.
    func verify() async throws -> AuditVerification
}

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

package struct AuditVerification: Hashable, Sendable, Codable {
    package var records: Int64
    package var intact: Bool
    /// The first record at fault and what is wrong with it.
    package var fault: String?

    package init(records: Int64, intact: Bool, fault: String?) {
        self.records = records
        self.intact = intact
        self.fault = fault
    }
}
