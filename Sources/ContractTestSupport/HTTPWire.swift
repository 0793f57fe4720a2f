package import AsyncHTTPClient
package import Logging
package import NIOCore
import NIOHTTP1
package import RPC
import ServiceKit
import ServiceLifecycle
import TestSupport
package import Web

/// A server of wire methods on the loopback and a client of it.
package struct HTTPWire: Calling {
    package let issuer: Issuer
    package let address: ServiceAddress
    package let client: HTTPClient

    package init(issuer: Issuer, address: ServiceAddress, client: HTTPClient) {
        (self.issuer, self.address, self.client) = (issuer, address, client)
    }

    /// As another process sees the server; each has a circuit breaker of its own.
    package func connection(
        at addresses: [ServiceAddress]? = nil, credential: ServiceCredential = testCredential, logger: Logger = quiet
    ) -> HTTPConnection {
        HTTPConnection(
            RemotePeer("peer", credential: credential, logger: logger), at: addresses ?? [address], client: client)
    }

    /// What anybody could send.
    package func post(
        _ path: String, _ body: String = "{}",
        headers: [String: String] = [ServiceCredential.header: testCredential.proof]
    ) async throws -> RawAnswer {
        var request = HTTPClientRequest(url: "http://\(address)\(path)")
        request.method = .POST
        for (name, value) in headers { request.headers.add(name: name, value: value) }
        request.body = .bytes(Array(body.utf8))
        let response = try await client.execute(request, timeout: .seconds(30))
        let answer = try await response.body.collect(upTo: 1_048_576)
        return RawAnswer(
            status: response.status.code, body: answer,
            retryAfter: response.headers.first(name: "retry-after"),
            contentType: response.headers.first(name: "content-type"))
    }
}

package struct RawAnswer: Sendable {
    package let status: UInt
    package let body: ByteBuffer
    package let retryAfter: String?
    package let contentType: String?
}

package func withHTTPWire<Value: Sendable>(
    logger: Logger = quiet, _ add: (inout WireRoutes) -> Void, _ body: (HTTPWire) async throws -> Value
) async throws -> Value {
    let issuer = try await Issuer()
    var routes = WireRoutes(
        service: "peer", receiver: CallReceiver(credential: testCredential, verifier: issuer.verifier), logger: logger)
    add(&routes)
    return try await listening(routes.finished()) { address in
        try await withHTTPClient { try await body(HTTPWire(issuer: issuer, address: address, client: $0)) }
    }
}

/// Runs `body` beside a server of this router, which shuts down gracefully afterwards.
package func listening<Value: Sendable>(
    _ router: APIRouter, _ body: (ServiceAddress) async throws -> Value
) async throws -> Value {
    let (ports, found) = AsyncStream<Int>.makeStream()
    let server = webApplication(router: router, host: "127.0.0.1", port: 0, logger: quiet) { port in
        found.yield(port)
    }
    let services = ServiceGroup(services: [server], logger: quiet)
    return try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask {
            defer { found.finish() }
            try await services.run()
        }
        guard let port = await ports.first(where: { _ in true }) else { throw ServiceError.unavailable("The server") }
        let value = try await body(ServiceAddress(host: "127.0.0.1", port: port))
        await services.triggerGracefulShutdown()
        try await group.waitForAll()
        return value
    }
}

/// Runs `body` with a client such as services have, which is shut down afterwards.
package func withHTTPClient<Value>(_ body: (HTTPClient) async throws -> Value) async throws -> Value {
    let client = HTTPClient.betweenServices()
    let result: Result<Value, any Error>
    do { result = .success(try await body(client)) } catch { result = .failure(error) }
    try await client.shutdown()
    return try result.get()
}

/// Where nobody listens.
package let deadAddress = ServiceAddress(host: "127.0.0.1", port: 1)
