import GRPCCore
import RPC

/// What a service answers, and how.
enum Endpoint<Instance: Sendable>: Sendable {
    /// A contract by gRPC, in a process of its own.
    case grpc(@Sendable (Instance) -> [any RegistrableRPCService])
    /// A contract by typed methods over HTTP, in a process of its own.
    case http(@Sendable (Instance, inout WireRoutes) -> Void)
    /// Customers, by HTTP: on the port of the one process, or in a process of its own.
    case web(@Sendable (Instance) -> PublicEndpoint)
    case none

    var transport: Transport? {
        switch self {
        case .grpc: .grpc
        case .http, .web: .http
        case .none: nil
        }
    }
}
