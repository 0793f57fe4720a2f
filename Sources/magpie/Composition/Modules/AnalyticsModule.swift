import AnalyticsContract
import AnalyticsService
import AnalyticsWire
import Logging
import ServiceKit
import ServiceLifecycle

/// A consumer group that also answers staff's questions.
enum AnalyticsModule: CallableModule {
    static let declaration = ServiceDeclaration(
        name: "analytics-service", port: 7081, owns: "funnel, sessions, revenue", needs: [.sql, .kafka],
        calls: [AuthModule.self], consumes: AnalyticsService.topics)

    static let endpoint = Endpoint<AnalyticsService>.http { reports, routes in routes.add(reports) }

    static func make(_ dependencies: ServiceDependencies) async throws -> AnalyticsService {
        try AnalyticsService(
            database: await dependencies.backends.database("analytics", of: declaration, AnalyticsService.migrations),
            log: dependencies.backends.eventLog, logger: dependencies.logger)
    }

    static func background(of reports: AnalyticsService, logger: Logger) -> [any ServiceLifecycle.Service] {
        reports.backgroundServices
    }

    static func checks(of reports: AnalyticsService) -> [CorrectnessCheck] { reports.checks }

    static func contract(of reports: AnalyticsService) -> any Reports { reports }
    static func client(_ remote: RemoteClients) -> any Reports { HTTPReports(remote.http(to: declaration)) }
}
