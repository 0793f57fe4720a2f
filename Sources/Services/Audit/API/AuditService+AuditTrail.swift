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
        guard let before = page.cursor.map({ Int64($0) }) ?? Int64.max else {
            throw ServiceError.invalid(
                "cursor", code: ErrorCode.invalidCursor, "Use the next_cursor of an earlier response.")
        }
        return try await boundary.run {
            try await listRecords(
                action: action, actor: actor, before: before, limit: page.limit, counted: page.wantsCount)
        }
    }

    package func verify() async throws -> AuditVerification {
        try CallContext.current.principal.require(.auditRead)
        return try await boundary.run { try await verifyChain() }
    }
}
