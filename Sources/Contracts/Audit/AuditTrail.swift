package import ServiceKit

/// The tamper-evident log. Staff, `audit:read`.
package protocol AuditTrail: Sendable {
    /// Newest first.
    func records(action: String?, actor: String?, page: PageRequest) async throws -> Page<AuditRecord>
    /// Recomputes the whole chain.
    func verify() async throws -> AuditVerification
}
