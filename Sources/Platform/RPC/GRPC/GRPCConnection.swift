package import GRPCCore
package import GRPCNIOTransportHTTP2Posix
import ServiceLifecycle

/// The connections to one other service. Calls are balanced over all its addresses, and wait while none is reachable.
package final class GRPCConnection: Service {
    package typealias Transport = HTTP2ClientTransport.Posix
    package let client: GRPCClient<Transport>
    private let lookups: NameLookups

    /// The most bytes of a request.
    static let longestRequest = 4 * 1_048_576
    /// The most bytes of a response: a page of a hundred products with the longest descriptions.
    static let longestResponse = 64 * 1_048_576

    /// - Parameter addresses: At least one. Names are looked up again when a connection ends.
    package init(to addresses: [ServiceAddress]) throws {
        var resolvers = NameResolverRegistry()
        resolvers.registerFactory(MultiHostTarget.Resolver())
        lookups = NameLookups()
        client = GRPCClient(
            transport: try HTTP2ClientTransport.Posix(
                target: MultiHostTarget(hosts: addresses, lookups: lookups), transportSecurity: .plaintext,
                config: Self.transport,
                resolverRegistry: resolvers, serviceConfig: ServiceConfig(loadBalancingConfig: [.roundRobin])))
    }

    /// Keeps the connections until graceful shutdown has let the calls in flight finish, or the task is cancelled.
    package func run() async throws {
        let connections = Task { try await client.runConnections() }
        do {
            try await withTaskCancellationHandler {
                try await withGracefulShutdownHandler {
                    try await connections.value
                } onGracefulShutdown: {
                    self.client.beginGracefulShutdown()
                    self.lookups.endWhenFailing(connections.cancel)
                }
            } onCancel: {
                connections.cancel()
            }
        } catch let error as RuntimeError where error.code == .clientIsStopped {
            // Shut down before it began.
        }
    }

    private static let transport = Transport.Config.defaults { config in
        config.backoff.initial = .milliseconds(200)
        // Shorter than the drain time of a server: one that has restarted must be found before the next one stops.
        config.backoff.max = .seconds(1)
        config.connection.keepalive = .init(time: .seconds(30), timeout: .seconds(10), allowWithoutCalls: true)
    }
}
