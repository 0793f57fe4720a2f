package import AuditContract
import AuthContract
import Commerce
package import ServiceKit

extension AuditService: AuditTrail {
    package func records(
        action: String?, actor: String?, page: PageRequest
    ) async throws -> Page<AuditRecord> {
        try CallContext.current.principal.require(.auditRead)
        guard (1...100).contains(page.limit) else {
            throw ServiceError.invalid("limit", code: FieldCode.outOfRange, "The limit is 1 to 100.")
        }
        return try await boundary.call { try await listRecords.run(action: action, actor: actor, page: page) }
    }

    package func verify() async throws -> AuditVerification {
        try CallContext.current.principal.require(.auditRead)
        return try await boundary.call { try await verifyChain.run() }
    }
}
