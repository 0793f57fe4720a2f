import Hummingbird
import Observability
import ServiceLifecycle
import Web

extension OneProcess {
    /// Everything that runs, in dependency order: what stops last comes first.
    func services(
        registry: PrometheusRegistry, onReady: @escaping @Sendable () -> Void
    ) async throws -> [any ServiceLifecycle.Service] {
        let drain = Drain(notice: settings.drainNotice)
        let operations = operationsApplication(
            of: Self.name, port: settings.operationsPort, host: settings.operationsHost,
            checks: backends.readinessChecks + [folder.readinessCheck, drain.check], registry: registry,
            collectors: [
                { [backends, folder] in
                    backends.measurePools()
                    folder.measure()
                }
            ], logger: logger)
        let application = try await publicApplication(drain: drain, onReady: onReady)
        var background = backends.backgroundServices()
        for module in ServiceList.inOrderOfCalls { background += try await composition.background(of: module) }
        return [operations] + background + composition.keyRefresh + [application, drain]
    }

    /// All public services on one port.
    private func publicApplication(
        drain: Drain, onReady: @escaping @Sendable () -> Void
    ) async throws -> any ServiceLifecycle.Service {
        let modules = ServiceList.modules.filter { $0.declaration.isPublic }
        var endpoints: [PublicEndpoint] = []
        for module in modules {
            if let endpoint = try await composition.publicEndpoint(of: module) { endpoints.append(endpoint) }
        }
        let router = composition.publicRouter(Self.name, endpoints, drain: drain)
        return webApplication(
            router: router, host: settings.host, port: settings.port,
            maximumConnections: ConnectionLimit(ProcessLimits.raise(), of: Self.name),
            drain: drain, logger: logger, onServerRunning: { _ in onReady() })
    }
}
