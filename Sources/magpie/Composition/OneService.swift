import AsyncHTTPClient
import CommerceWire
import Hummingbird
import Logging
import Observability
import RPC
import ServiceLifecycle
import Web

/// One service in a process of its own: its backends are attached by configuration, the others are behind clients.
struct OneService {
    private let module: any ServiceModule.Type
    private let settings: Settings
    private let backends: Backends
    let composition: Composition
    /// Made when it is used, as by a service that keeps files.
    private let folder: OnDemand<DataFolder>
    private let credential: ServiceCredential
    private let remote: RemoteClients
    private let logger: Logger
    private let drain: Drain

    private var declaration: ServiceDeclaration { module.declaration }

    /// Throws `Fault` that names what is missing.
    init(_ module: any ServiceModule.Type, settings: Settings) async throws {
        let declaration = module.declaration
        guard let key = settings.backends.serviceKey else {
            throw Fault("\(declaration.name) needs MAGPIE_SERVICE_KEY, the secret that all services of a shop share")
        }
        guard settings.hasPublicURL else {
            throw Fault(
                "\(declaration.name) needs MAGPIE_PUBLIC_URL, how customers reach the shop, the same for all services")
        }
        try settings.backends.require(for: declaration)
        self.module = module
        self.settings = settings
        logger = settings.logger(declaration.name)
        drain = Drain(notice: settings.drainNotice)
        folder = OnDemand { DataFolder(settings.data) }
        credential = ServiceCredential(name: declaration.name, secret: key)
        remote = RemoteClients(addresses: settings.backends.addresses, credential: credential, logger: logger)
        backends = try await Backends(
            settings: settings.backends.limited(to: declaration), of: declaration.name, upkeep: .none,
            needsRedis: declaration.needs.contains(.redis), logger: logger, folder: folder.value)
        composition = Composition(
            settings: settings, backends: backends, remote: (declaration.name, remote), logger: logger,
            folder: folder.value)
    }

    /// Everything that runs, in dependency order: what stops last comes first. Nothing but the operations port opens
    /// before the backends can be used.
    func services(registry: PrometheusRegistry) async throws -> [any ServiceLifecycle.Service] {
        let work = try await work()
        let disk = declaration.isFileReader ? nil : folder.alreadyMade
        let gate = StartupGate()
        let writable = disk.map { [$0.readinessCheck] } ?? []
        let operations = operationsApplication(
            of: declaration.name, port: settings.operationsPort, host: settings.operationsHost,
            checks: backends.readinessChecks + writable + [gate.check, drain.check], registry: registry,
            collectors: [{ [backends] in backends.measurePools() }], logger: logger)
        let opening = GateOpening(gate: gate, logger: logger) { [backends] in
            try disk?.prepare()
            try await backends.check()
        }
        let rest = remote.connections + backends.backgroundServices() + composition.keyRefresh + work
        return [operations, opening] + rest.map { GatedService(gate: gate, service: $0) } + [drain]
    }

    func close() async throws {
        try await remote.httpClient.shutdown()
        try await backends.close()
    }

    /// What the service itself runs.
    func work() async throws -> [any ServiceLifecycle.Service] { try await work(of: module) }

    private func work<Module: ServiceModule>(
        of module: Module.Type
    ) async throws -> [any ServiceLifecycle.Service] {
        let instance = try await composition.instance(of: module)
        module.logStart(settings: settings, logger: logger)
        let background = try await composition.background(of: module)
        return background + (try await server(of: instance, at: module.endpoint))
    }

    private func server<Instance>(
        of instance: Instance, at endpoint: Endpoint<Instance>
    ) async throws -> [any ServiceLifecycle.Service] {
        switch endpoint {
        case .grpc(let contracts):
            return [
                try GRPCHost(
                    at: ServiceAddress(host: settings.host, port: settings.port), services: contracts(instance),
                    receiver: try await receiver(), descriptors: ServiceDescriptors.load(), logger: logger)
            ]
        case .http(let addRoutes):
            var routes = WireRoutes(
                service: declaration.name, receiver: try await receiver(), drain: drain, logger: logger)
            addRoutes(instance, &routes)
            return [listening(routes.finished())]
        case .web(let endpoint):
            return [listening(composition.publicRouter(declaration.name, [endpoint(instance)], drain: drain))]
        case .none:
            return []
        }
    }

    private func receiver() async throws -> CallReceiver {
        CallReceiver(credential: credential, verifier: try await composition.dependencies(of: module).verifier())
    }

    private func listening(_ router: APIRouter) -> any ServiceLifecycle.Service {
        webApplication(
            router: router, host: settings.host, port: settings.port,
            maximumConnections: ConnectionLimit(ProcessLimits.raise(), of: declaration.name),
            drain: drain, logger: logger)
    }
}
