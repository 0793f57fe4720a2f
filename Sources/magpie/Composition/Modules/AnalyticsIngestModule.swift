import AnalyticsContract
import AnalyticsIngestService
import AnalyticsWire
import EventContract
import EventLog

enum AnalyticsIngestModule: CallableModule {
    static let declaration = ServiceDeclaration(
        name: "analytics-ingest", port: 8080, owns: "nothing", needs: [.kafka], calls: [AuthModule.self],
        produces: [.behaviour])

    static let endpoint = Endpoint<AnalyticsIngestService>.http { ingest, routes in routes.add(ingest) }

    static func make(_ dependencies: ServiceDependencies) throws -> AnalyticsIngestService {
        try AnalyticsIngestService(log: dependencies.backends.eventLog, logger: dependencies.logger)
    }

    static func contract(of ingest: AnalyticsIngestService) -> any BehaviourIngest { ingest }
    static func client(_ remote: RemoteClients) -> any BehaviourIngest {
        HTTPBehaviourIngest(remote.http(to: declaration))
    }
}
