import AuthContract
import Commerce
import CommerceWire
package import GRPCCore
package import Logging
package import RPC
package import ServiceKit
import ServiceLifecycle
import TestSupport

/// A server on the loopback and a client of it.
package struct Wire: Calling {
    package let issuer: Issuer
    package let connection: GRPCConnection

    /// As another process sees the server; each has a circuit breaker of its own.
    package func peer(logger: Logger = quiet) -> GRPCPeer { testPeer(connection, logger: logger) }
}

/// What has an issuer can call as any principal.
package protocol Calling {
    var issuer: Issuer { get }
}

extension Calling {
    /// Runs `body` as this principal.
    package func calling<Value>(
        as principal: Principal = .anonymous, key: IdempotencyKey? = nil, for time: Duration? = nil,
        _ body: () async throws -> Value
    ) async throws -> Value {
        try await issuer.context(principal, key: key, for: time).run(body)
    }
}

package let testSecret = "a secret of the tests, 32 bytes or more"
package let testCredential = ServiceCredential(name: "test-service", secret: testSecret)
package let everyPermission = Principal.staff(CustomerID(), permissions: Set(Permission.allCases))

package func testHost(
    _ services: [any RegistrableRPCService], at port: Int = 0, issuer: Issuer, logger: Logger = quiet
) throws -> GRPCHost {
    try GRPCHost(
        at: ServiceAddress(host: "localhost", port: port), services: services,
        receiver: CallReceiver(credential: testCredential, verifier: issuer.verifier),
        descriptors: ServiceDescriptors.load(), logger: logger)
}

package func withWire<Value: Sendable>(
    _ services: [any RegistrableRPCService], logger: Logger = quiet, _ body: (Wire) async throws -> Value
) async throws -> Value {
    let issuer = try await Issuer()
    return try await running(testHost(services, issuer: issuer, logger: logger)) { address in
        try await withConnection(to: [address]) { try await body(Wire(issuer: issuer, connection: $0)) }
    }
}

/// Runs `body` beside this server, which shuts down gracefully afterwards.
package func running<Value: Sendable>(
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
package func withConnection<Value: Sendable>(
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

package func testPeer(_ connection: GRPCConnection, logger: Logger = quiet) -> GRPCPeer {
    // A long deadline: many tests share the machine.
    GRPCPeer(
        RemotePeer("peer", credential: testCredential, logger: logger), over: connection, limit: .seconds(50))
}
