import AnalyticsService
import AnalyticsWire
import AsyncHTTPClient
import AuditService
import AuditWire
import AuthContract
import AuthService
import AuthWire
import CartWire
import CommerceWire
import Foundation
import GRPCCore
import Hummingbird
import Identity
import Logging
import NotificationService
import Observability
import OfferWire
import OrderService
import OrderWire
import ProductService
import ProductWire
import RPC
import ServiceLifecycle
import Synchronization
import Web

/// One service in a process of its own: its engines are attached by configuration, the others are behind clients.
struct ServiceProcess {
    let entry: ServiceCatalogue.Entry
    let settings: Settings
    let engines: Engines
    private let assembly: Assembly
    /// Made when it is used, as by a service that keeps files.
    private let folder: OnDemand<DataFolder>
    private let credential: ServiceCredential
    private var remotes: Remotes
    private let logger: Logger
    private let drain: Drain
    /// What keeps the parts of ``work()`` fresh.
    private var upkeep: [any ServiceLifecycle.Service] = []

    /// Throws `Fault` that names what is missing.
    init(_ entry: ServiceCatalogue.Entry, settings: Settings) async throws {
        guard let key = settings.engines.serviceKey else {
            throw Fault("\(entry.name) needs MAGPIE_SERVICE_KEY, the secret that all services of a shop share")
        }
        guard settings.hasPublicURL else {
            throw Fault(
                "\(entry.name) needs MAGPIE_PUBLIC_URL, how customers reach the shop, the same for all services")
        }
        try settings.engines.require(entry)
        self.entry = entry
        self.settings = settings
        logger = settings.logger(entry.name)
        drain = Drain(notice: settings.drainNotice)
        let folder = OnDemand { DataFolder(settings.data) }
        self.folder = folder
        engines = try await Engines(
            settings: settings.engines.limited(to: entry), upkeep: .none, needsRedis: entry.needs.contains(.redis),
            logger: logger, folder: folder.value)
        assembly = Assembly(settings: settings, engines: engines, folder: folder.value)
        credential = ServiceCredential(name: entry.name, secret: key)
        remotes = Remotes(settings: settings, credential: credential, logger: logger)
    }

    /// Everything that runs, in dependency order: what stops last comes first. Nothing but the operations port opens
    /// before the engines can be used.
    mutating func services(registry: PrometheusRegistry) async throws -> [any ServiceLifecycle.Service] {
        let work = try await work()
        let disk = entry.readsFilesOnly ? nil : folder.alreadyMade
        let gate = Gate()
        let writable = disk.map { [$0.readinessCheck] } ?? []
        let operations = operationsApplication(
            port: settings.operationsPort, host: settings.operationsHost,
            checks: engines.readinessChecks + writable + [gate.check, drain.check], registry: registry, logger: logger)
        let opening = Opening(gate: gate, logger: logger) { [engines] in
            try disk?.prepare()
            try await engines.check()
        }
        let rest = remotes.connections + engines.backgroundServices() + upkeep + work
        return [operations, opening] + rest.map { Gated(gate: gate, service: $0) } + [drain]
    }

    func close() async throws {
        try await remotes.http.shutdown()
        try await engines.close()
    }

    /// What the service itself runs.
    private mutating func work() async throws -> [any ServiceLifecycle.Service] {
        switch entry.name {
        case "auth-service":
            let accounts = try await assembly.accounts()
            let host = try grpcHost([GRPCAccountsServer(accounts)], verifier: verifier(of: accounts))
            return accounts.backgroundServices + [host]
        case "product-service":
            let products = try await assembly.products()
            return products.backgroundServices + [
                try grpcHost([GRPCProductsServer(products)], verifier: try verifier())
            ]
        case "offer-service":
            let offers = try assembly.offers()
            return [
                assembly.rereading(offers, logger: logger),
                try grpcHost([GRPCOffersServer(offers)], verifier: try verifier()),
            ]
        case "cart-service":
            let carts = try await assembly.carts(products: remotes.products(), offers: remotes.offers())
            return [try httpHost { $0.add(carts) }]
        case "order-service":
            let orders = try await assembly.orders(
                carts: remotes.carts(), products: remotes.products(), offers: remotes.offers())
            logger.warning("Customers can pay with", metadata: ["payments": "\(settings.payments)"])
            return orders.backgroundServices + [try httpHost { $0.add(orders) }]
        case "analytics-ingest":
            let ingest = try assembly.ingest()
            return [try httpHost { $0.add(ingest) }]
        case "analytics-service":
            let reports = try await assembly.reports()
            return reports.backgroundServices + [try httpHost { $0.add(reports) }]
        case "notification-service":
            return try await assembly.notifications().backgroundServices
        case "audit-service":
            let audit = try await assembly.audit()
            return audit.backgroundServices + [try httpHost { $0.add(audit) }]
        case "api-gateway":
            let accounts = try remotes.accounts()
            let gateway = assembly.gateway(
                accounts: accounts, products: try remotes.products(), carts: remotes.carts(),
                offers: try remotes.offers(), orders: remotes.orders(), ingest: remotes.ingest(),
                reports: remotes.reports(), audit: remotes.audit(), verifier: verifier(of: accounts),
                limiter: assembly.limiter)
            return [listening(assembly.doors(entry.name, gateway: gateway, drain: drain))]
        case "storefront":
            let accounts = try remotes.accounts()
            let storefront = try assembly.storefront(
                accounts: accounts, products: remotes.products(), carts: remotes.carts(), orders: remotes.orders(),
                ingest: remotes.ingest(), verifier: verifier(of: accounts), limiter: assembly.limiter)
            return [listening(assembly.doors(entry.name, storefront: storefront, drain: drain))]
        default: throw Fault("there is no service \(entry.name)")
        }
    }

    private mutating func verifier() throws -> TokenVerifier { verifier(of: try remotes.accounts()) }

    private mutating func verifier(of accounts: any Accounts) -> TokenVerifier {
        let verifier = assembly.verifier(of: accounts)
        upkeep.append(assembly.refreshing(verifier, logger: logger))
        return verifier
    }

    private func grpcHost(_ services: [any RegistrableRPCService], verifier: TokenVerifier) throws -> GRPCHost {
        try GRPCHost(
            at: ServiceAddress(host: settings.host, port: settings.port), services: services,
            receiver: CallReceiver(credential: credential, verifier: verifier),
            descriptors: ServiceDescriptors.load(), logger: logger)
    }

    private mutating func httpHost(
        _ add: (inout WireRoutes) -> Void
    ) throws -> any ServiceLifecycle.Service {
        let receiver = CallReceiver(credential: credential, verifier: try verifier())
        var routes = WireRoutes(service: entry.name, receiver: receiver, drain: drain, logger: logger)
        add(&routes)
        return listening(routes.finished())
    }

    private func listening(_ router: APIRouter) -> any ServiceLifecycle.Service {
        webApplication(
            router: router, host: settings.host, port: settings.port, maximumConnections: ProcessLimits.raise(),
            drain: drain, logger: logger)
    }
}

/// Made when it is first asked for, once.
final class OnDemand<Value: Sendable>: Sendable {
    private let made = Mutex<Value?>(nil)
    private let make: @Sendable () throws -> Value

    init(_ make: @escaping @Sendable () throws -> Value) { self.make = make }

    /// nil when nobody has asked.
    var alreadyMade: Value? { made.withLock { $0 } }

    @Sendable func value() throws -> Value {
        try made.withLock { made in
            if let made { return made }
            let value = try make()
            made = value
            return value
        }
    }
}

extension EngineSettings {
    /// Without the engines that the service does not use.
    fileprivate func limited(to entry: ServiceCatalogue.Entry) -> EngineSettings {
        var limited = self
        let used = entry.needs + entry.uses
        if !used.contains(.sql) { limited.database = nil }
        if !used.contains(.redis) { limited.redis = nil }
        if !used.contains(.kafka) { limited.kafka = nil }
        return limited
    }

    /// Throws `Fault` that names the setting a service cannot do without.
    fileprivate func require(_ entry: ServiceCatalogue.Entry) throws {
        for engine in entry.needs {
            let (isThere, name) =
                switch engine {
                case .sql: (database != nil, "MAGPIE_DATABASE_URL")
                case .redis: (redis != nil, "MAGPIE_REDIS_URL")
                case .kafka: (kafka != nil, "MAGPIE_KAFKA_BROKERS")
                }
            guard isThere else { throw Fault("\(entry.name) needs \(name)") }
        }
    }
}
