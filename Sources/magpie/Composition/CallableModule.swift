/// A service that others call by its contract, which is the same Swift protocol in one process and over the network.
protocol CallableModule: ServiceModule {
    associatedtype Contract: Sendable

    /// The service itself, for callers in this process.
    static func contract(of instance: Instance) -> Contract
    /// The client of the service, for callers in other processes.
    static func client(_ remote: RemoteClients) throws -> Contract
}
