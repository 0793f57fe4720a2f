import AuthContract
import AuthService
import Identity
import Logging
import ServiceKit
import ServiceLifecycle
import Synchronization
import Web

/// Makes each service once, of what its module asks for. Whether the services it calls are in this process or behind
/// clients is decided here and nowhere else.
final class Composition: Sendable {
    let settings: Settings
    let backends: Backends
    let folder: @Sendable () throws -> DataFolder
    /// For short commands: logs warnings only.
    let quiet: Bool
    /// One for all public services of the process, so that a client's allowance is the same whichever it asks.
    let limiter: RateLimiter
    /// Reaches the caches of this process only.
    let catalogueChanges = CatalogueChanges()
    /// The one service that this process runs, and clients of the others; nil: it runs them all.
    private let remote: (own: String, clients: RemoteClients)?
    /// The process's own.
    private let logger: Logger

    private struct Made {
        var instances: [String: any Sendable] = [:]
        var clients: [String: any Sendable] = [:]
        var verifier: TokenVerifier?
        var calls: [String: Set<String>] = [:]
    }
    private let made = Mutex(Made())

    init(
        settings: Settings, backends: Backends, quiet: Bool = false,
        remote: (own: String, clients: RemoteClients)? = nil, logger: Logger,
        folder: @escaping @Sendable () throws -> DataFolder
    ) {
        self.settings = settings
        self.backends = backends
        self.quiet = quiet
        self.remote = remote
        self.logger = logger
        self.folder = folder
        limiter = RateLimiter(settings.rateLimit ? .standard : .off, shared: backends.sharedAllowances)
    }

    func logger(_ service: String) -> Logger { settings.logger(service, quiet: quiet) }

    // MARK: Services

    /// The service in this process, which is made when it is first asked for, after those that it calls.
    func instance<Module: ServiceModule>(of module: Module.Type) async throws -> Module.Instance {
        let name = module.declaration.name
        if let instance = made.withLock({ $0.instances[name] }) as? Module.Instance { return instance }
        let instance = try await module.make(dependencies(of: module))
        made.withLock { $0.instances[name] = instance }
        return instance
    }

    func make<Module: ServiceModule>(_ module: Module.Type) async throws { _ = try await instance(of: module) }

    func dependencies(of module: any ServiceModule.Type) -> ServiceDependencies {
        ServiceDependencies(of: module.declaration, in: self)
    }

    /// What callers of a service see: the service itself where this process runs it, its client elsewhere.
    func contract<Module: CallableModule>(of module: Module.Type) async throws -> Module.Contract {
        let name = module.declaration.name
        guard let remote, remote.own != name else { return module.contract(of: try await instance(of: module)) }
        return try made.withLock { made in
            if let client = made.clients[name] as? Module.Contract { return client }
            let client = try module.client(remote.clients)
            made.clients[name] = client
            return client
        }
    }

    /// What a service adds to the public port; nil when customers do not reach it.
    func publicEndpoint<Module: ServiceModule>(of module: Module.Type) async throws -> PublicEndpoint? {
        guard case .web(let endpoint) = module.endpoint else { return nil }
        return endpoint(try await instance(of: module))
    }

    // MARK: Background

    /// What the service does without being called.
    func background<Module: ServiceModule>(
        of module: Module.Type
    ) async throws -> [any ServiceLifecycle.Service] {
        module.background(of: try await instance(of: module), logger: logger)
    }

    /// What the service compares all the time.
    func checks<Module: ServiceModule>(of module: Module.Type) async throws -> [CorrectnessCheck] {
        module.checks(of: try await instance(of: module))
    }

    /// What keeps the verifier's keys fresh, from the start on, so that not even the first customer waits for one. Ask
    /// when every service is made.
    var keyRefresh: [any ServiceLifecycle.Service] {
        guard let verifier = made.withLock({ $0.verifier }) else { return [] }
        return [
            Periodic(every: .seconds(60), "keys of access tokens", logger: logger) { try await verifier.refreshKeys() }
        ]
    }

    // MARK: Identity

    /// One for the whole process.
    func verifier(of accounts: any Accounts) -> TokenVerifier {
        made.withLock { made in
            if let verifier = made.verifier { return verifier }
            let verifier = TokenVerifier(issuer: settings.publicURL, audience: AuthSettings().audience) {
                try await accounts.jsonWebKeySet()
            }
            made.verifier = verifier
            return verifier
        }
    }

    // MARK: Calls

    func noteCall(from caller: String, to called: String) {
        made.withLock { _ = $0.calls[caller, default: []].insert(called) }
    }

    /// Which services each service has asked for so far.
    var calls: [String: Set<String>] { made.withLock { $0.calls } }
}
