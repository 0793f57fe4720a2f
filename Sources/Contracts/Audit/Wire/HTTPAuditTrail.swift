package import AuditContract
package import RPC
package import ServiceKit

/// `AuditTrail` of another process.
package struct HTTPAuditTrail: AuditTrail {
    private let connection: HTTPConnection

    package init(_ connection: HTTPConnection) { self.connection = connection }

    package func records(action: String?, actor: String?, page: PageRequest) async throws -> Page<AuditRecord> {
        try await connection.call(AuditMethods.records, .init(action: action, actor: actor, page: page)).page
    }

    package func verify() async throws -> AuditVerification {
        try await connection.call(AuditMethods.verify, Nothing())
    }
}

extension WireRoutes {
    /// Offers this audit log to other processes.
    package mutating func add(_ audit: any AuditTrail) {
        on(AuditMethods.records) {
            WirePage(try await audit.records(action: $0.action, actor: $0.actor, page: $0.page))
        }
        on(AuditMethods.verify) { _ in try await audit.verify() }
    }
}
