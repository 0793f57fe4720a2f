import AnalyticsContract
import AnalyticsWire
import AsyncHTTPClient
import AuditContract
import AuditWire
import AuthContract
import AuthWire
import CartContract
import CartWire
import Logging
import OfferContract
import OfferWire
import OrderContract
import OrderWire
import ProductContract
import ProductWire
import RPC
import ServiceLifecycle

/// Clients of the services that run in other processes. Each is made when it is asked for.
struct Remotes {
    let settings: Settings
    let credential: ServiceCredential
    let logger: Logger
    let http: HTTPClient
    /// What keeps the gRPC connections that were made alive.
    private(set) var connections: [any ServiceLifecycle.Service] = []

    init(settings: Settings, credential: ServiceCredential, logger: Logger) {
        self.settings = settings
        self.credential = credential
        self.logger = logger
        http = .betweenServices()
    }

    private func peer(_ service: String) -> RemotePeer {
        RemotePeer(service, credential: credential, logger: logger)
    }

    private func addresses(_ service: String) -> [ServiceAddress] { settings.engines.addresses[service] ?? [] }

    private func overHTTP(_ service: String) -> HTTPConnection {
        HTTPConnection(peer(service), at: addresses(service), client: http)
    }

    private mutating func overGRPC(_ service: String) throws -> GRPCPeer {
        let connection = try GRPCConnection(to: addresses(service))
        connections.append(connection)
        return GRPCPeer(peer(service), over: connection)
    }

    mutating func accounts() throws -> any Accounts { GRPCAccountsClient(try overGRPC("auth-service")) }
    mutating func products() throws -> any Products { GRPCProductsClient(try overGRPC("product-service")) }
    mutating func offers() throws -> any Offers { GRPCOffersClient(try overGRPC("offer-service")) }
    func carts() -> any Carts { HTTPCarts(overHTTP("cart-service")) }
    func orders() -> any Orders { HTTPOrders(overHTTP("order-service")) }
    func ingest() -> any BehaviourIngest { HTTPBehaviourIngest(overHTTP("analytics-ingest")) }
    func reports() -> any Reports { HTTPReports(overHTTP("analytics-service")) }
    func audit() -> any AuditTrail { HTTPAuditTrail(overHTTP("audit-service")) }
}
