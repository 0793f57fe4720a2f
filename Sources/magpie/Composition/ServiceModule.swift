import Logging
import ServiceKit
import ServiceLifecycle

/// One service of the shop: what everybody knows about it, how it is made and served, and what it does by itself.
///
/// Each has a file in `Modules/` and its place in ``ServiceList``; everything else follows from that.
protocol ServiceModule: Sendable {
    associatedtype Instance: Sendable

    static var declaration: ServiceDeclaration { get }
    /// What the service answers.
    static var endpoint: Endpoint<Instance> { get }

    static func make(_ dependencies: ServiceDependencies) async throws -> Instance
    /// What the service does without being called, in dependency order.
    static func background(of instance: Instance, logger: Logger) -> [any ServiceLifecycle.Service]
    /// What the service compares all the time.
    static func checks(of instance: Instance) -> [CorrectnessCheck]
    /// Says in the log of a process of the service's own what its operator should know.
    static func logStart(settings: Settings, logger: Logger)
}

extension ServiceModule {
    static func background(of instance: Instance, logger: Logger) -> [any ServiceLifecycle.Service] { [] }
    static func checks(of instance: Instance) -> [CorrectnessCheck] { [] }
    static func logStart(settings: Settings, logger: Logger) {}

    /// How others call it; nil: nobody does.
    static var transport: Transport? { endpoint.transport }
}
