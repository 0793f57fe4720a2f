import AuthContract
import Commerce
import CommerceWire
import GRPCCore
import Logging
import RPC
import ServiceKit
import ServiceLifecycle

/// A server on the loopback and a client of it.
struct Wire: Calling {
    let issuer: Issuer
    let connection: GRPCConnection

    /// As another process sees the server; each has a circuit breaker of its own.
    func peer(logger: Logger = quiet) -> GRPCPeer { testPeer(connection, logger: logger) }
}

/// What has an issuer can call as any principal.
protocol Calling {
    var issuer: Issuer { get }
}

extension Calling {
    /// Runs `body` as this principal.
    func calling<Value>(
        as principal: Principal = .anonymous, key: IdempotencyKey? = nil, for time: Duration? = nil,
        _ body: () async throws -> Value
    ) async throws -> Value {
        try await issuer.context(principal, key: key, for: time).run(body)
    }
}

let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
let testSecret = "a secret of the tests, 32 bytes or more"
let testCredential = ServiceCredential(name: "test-service", secret: testSecret)
let everyPermission = Principal.staff(CustomerID(), permissions: Set(Permission.allCases))

func testHost(
    _ services: [any RegistrableRPCService], at port: Int = 0, issuer: Issuer, logger: Logger = quiet
) throws -> GRPCHost {
    try GRPCHost(
        at: ServiceAddress(host: "localhost", port: port), services: services,
        receiver: CallReceiver(credential: testCredential, verifier: issuer.verifier),
        descriptors: ServiceDescriptors.load(), logger: logger)
}

func withWire<Value: Sendable>(
    _ services: [any RegistrableRPCService], logger: Logger = quiet, _ body: (Wire) async throws -> Value
) async throws -> Value {
    let issuer = try await Issuer()
    return try await running(testHost(services, issuer: issuer, logger: logger)) { address in
        try await withConnection(to: [address]) { try await body(Wire(issuer: issuer, connection: $0)) }
    }
}

/// Runs `body` beside this server, which shuts down gracefully afterwards.
func running<Value: Sendable>(
    _ host: GRPCHost, _ body: (ServiceAddress) async throws -> Value
) async throws -> Value {
    let services = ServiceGroup(services: [host], logger: quiet)
    return try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await services.run() }
        let value = try await body(try await host.address)
        await services.triggerGracefulShutdown()
        try await group.waitForAll()
        return value
    }
}

/// Runs `body` with a connection, which is cancelled afterwards.
func withConnection<Value: Sendable>(
    to addresses: [ServiceAddress], _ body: (GRPCConnection) async throws -> Value
) async throws -> Value {
    let connection = try GRPCConnection(to: addresses)
    return try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await connection.run() }
        let value = try await body(connection)
        group.cancelAll()
        try await group.waitForAll()
        return value
    }
}

func testPeer(_ connection: GRPCConnection, logger: Logger = quiet) -> GRPCPeer {
    // A long deadline: many tests share the machine.
    GRPCPeer(
        RemotePeer("peer", credential: testCredential, logger: logger), over: connection, limit: .seconds(50))
}

/// How a contract is reached.
enum Route: String, CaseIterable {
    case theServiceItself, overTheWire
}

/// The error a call throws, as its callers see it; nil when it throws none.
func refusal<Value>(_ body: () async throws -> Value) async -> ServiceError? {
    do {
        _ = try await body()
        return nil
    } catch {
        return error as? ServiceError
    }
}
