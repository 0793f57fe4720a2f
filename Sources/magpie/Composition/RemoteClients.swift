import AnalyticsContract
import AnalyticsWire
import AsyncHTTPClient
import Logging
import RPC
import ServiceLifecycle
import Synchronization

/// Connections to the services that run in other processes. Each is made when it is asked for.
final class RemoteClients: Sendable {
    /// Where services listen, by their names.
    private let addresses: [String: [ServiceAddress]]
    private let credential: ServiceCredential
    private let logger: Logger
    let httpClient: HTTPClient
    private let opened = Mutex<[GRPCConnection]>([])

    init(addresses: [String: [ServiceAddress]], credential: ServiceCredential, logger: Logger) {
        self.addresses = addresses
        self.credential = credential
        self.logger = logger
        httpClient = .betweenServices()
    }

    /// What keeps the gRPC connections that were made alive.
    var connections: [any ServiceLifecycle.Service] { opened.withLock { $0 } }

    func http(to service: ServiceDeclaration) -> HTTPConnection {
        HTTPConnection(peer(service), at: addresses(of: service), client: httpClient)
    }

    func grpc(to service: ServiceDeclaration) throws -> GRPCPeer {
        let connection = try GRPCConnection(to: addresses(of: service))
        opened.withLock { $0.append(connection) }
        return GRPCPeer(peer(service), over: connection)
    }

    private func peer(_ service: ServiceDeclaration) -> RemotePeer {
        RemotePeer(service.name, credential: credential, logger: logger)
    }

    private func addresses(of service: ServiceDeclaration) -> [ServiceAddress] { addresses[service.name] ?? [] }
}
