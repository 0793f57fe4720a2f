import AuditContract
import AuditService
import AuditWire
import Logging
import ServiceKit
import ServiceLifecycle

/// A consumer group that also answers staff's questions.
enum AuditModule: CallableModule {
    static let declaration = ServiceDeclaration(
        name: "audit-service", port: 7082, owns: "the tamper-evident audit log", needs: [.sql, .kafka],
        calls: [AuthModule.self], consumes: AuditService.topics)

    static let endpoint = Endpoint<AuditService>.http { audit, routes in routes.add(audit) }

    static func make(_ dependencies: ServiceDependencies) async throws -> AuditService {
        try AuditService(
            database: await dependencies.backends.database("audit", of: declaration, AuditService.migrations),
            log: dependencies.backends.eventLog, logger: dependencies.logger)
    }

    static func background(of audit: AuditService, logger: Logger) -> [any ServiceLifecycle.Service] {
        audit.backgroundServices
    }

    static func checks(of audit: AuditService) -> [CorrectnessCheck] { audit.checks }

    static func contract(of audit: AuditService) -> any AuditTrail { audit }
    static func client(_ remote: RemoteClients) -> any AuditTrail { HTTPAuditTrail(remote.http(to: declaration)) }
}

extension OneProcess {
    var audit: AuditService { get async throws { try await composition.instance(of: AuditModule.self) } }
}
