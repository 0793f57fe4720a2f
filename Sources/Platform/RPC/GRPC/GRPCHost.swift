package import GRPCCore
import GRPCNIOTransportHTTP2Posix
package import Logging
import ServiceLifecycle

/// A gRPC server: contracts for authenticated callers, health and reflection for all.
///
/// Plain text: in a cluster the mesh encrypts, elsewhere it listens on the loopback.
package final class GRPCHost: Service {
    private let server: GRPCServer<HTTP2ServerTransport.Posix>
    private let health: GRPCHealth

    /// - Parameters:
    ///   - address: An IP address or `localhost`, and a port; 0 for any free one.
    ///   - descriptors: The services' descriptions, a serialised `google.protobuf.FileDescriptorSet`.
    ///
    /// Throws when `descriptors` is not a set of descriptors.
    package init(
        at address: ServiceAddress, services: [any RegistrableRPCService], receiver: CallReceiver,
        descriptors: [UInt8] = [], logger: Logger
    ) throws {
        var contracts = RPCRouter<HTTP2ServerTransport.Posix>()
        for service in services { service.registerMethods(with: &contracts) }
        let names = Set(contracts.methods.map(\.service))
        health = GRPCHealth(services: names.map(\.fullyQualifiedService))
        let builtIn = [Grpc_Health_V1_Health.descriptor, Grpc_Reflection_V1_ServerReflection.descriptor]
        let reflection = try GRPCReflection(
            services: (names.map(\.fullyQualifiedService) + builtIn.map(\.fullyQualifiedService)).sorted(),
            index: DescriptorIndex(descriptors))
        server = GRPCServer(
            transport: HTTP2ServerTransport.Posix(
                address: Self.socketAddress(of: address), transportSecurity: .plaintext, config: Self.transport),
            services: services + [health, reflection],
            interceptorPipeline: [
                .apply(CallInterceptor(receiver: receiver, logger: logger), to: .services(names))
            ])
    }

    /// Serves until graceful shutdown has let the calls in flight finish, or until the task is cancelled.
    package func run() async throws {
        do {
            try await withTaskCancellationHandler {
                try await withGracefulShutdownHandler {
                    try await server.serve()
                } onGracefulShutdown: {
                    self.beginShutdown()
                }
            } onCancel: {
                // A cancelled server that still accepts connections would trap in the library.
                beginShutdown()
            }
        } catch let error as RuntimeError where error.code == .serverIsStopped {
            // Shut down before it began.
        } catch  where Task.isCancelled {
            // Cancelled.
        }
    }

    private func beginShutdown() {
        health.stopServing()
        server.beginGracefulShutdown()
    }

    /// Where it listens, once it does. Throws when it cannot, or no longer does.
    package var address: ServiceAddress {
        get async throws {
            let address = try await server.transport.listeningAddress
            if let address = address.ipv4 { return ServiceAddress(host: address.host, port: address.port) }
            if let address = address.ipv6 { return ServiceAddress(host: address.host, port: address.port) }
            throw RuntimeError(code: .transportError, message: "The server listens on no IP address.")
        }
    }

    private static func socketAddress(of address: ServiceAddress) -> SocketAddress {
        if address.host.contains(":") { return .ipv6(host: address.host, port: address.port) }
        return .ipv4(host: address.host == "localhost" ? "127.0.0.1" : address.host, port: address.port)
    }

    private static let transport = HTTP2ServerTransport.Posix.Config.defaults { config in
        config.rpc.maxRequestPayloadSize = GRPCConnection.longestRequest
        config.http2.maxConcurrentStreams = 1_000
        // Clients reconnect every few minutes, so that they find new servers.
        config.connection.maxAge = .seconds(300)
        config.connection.maxGraceTime = .seconds(20)
        config.connection.keepalive.time = .seconds(60)
        config.connection.keepalive.timeout = .seconds(20)
        config.connection.keepalive.clientBehavior.minPingIntervalWithoutCalls = .seconds(10)
        config.connection.keepalive.clientBehavior.allowWithoutCalls = true
    }
}
