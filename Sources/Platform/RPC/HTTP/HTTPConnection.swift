package import AsyncHTTPClient
import CoreMetrics
import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import ServiceKit
import Web

/// Calls the ``WireMethod``s of one service, at one address or several in turn.
package final class HTTPConnection: Sendable {
    private let peer: RemotePeer
    private let round: RoundRobin
    private let client: HTTPClient
    private let durations: MetricFamily<any TimerHandler>

    /// The most bytes of a response.
    static let longestResponse = 16 * 1_048_576

    /// - Parameters:
    ///   - addresses: At least one. A name is resolved anew for each connection.
    ///   - client: As ``AsyncHTTPClient/HTTPClient/betweenServices()`` makes it; shared by all connections of a
    ///     process, and shut down by its owner.
    package init(_ peer: RemotePeer, at addresses: [ServiceAddress], client: HTTPClient) {
        self.peer = peer
        round = RoundRobin(addresses)
        self.client = client
        durations = HTTPMetrics.clientRequests.timers(service: peer.caller)
    }

    /// Throws `ServiceError`: the peer's own, `unavailable` or `deadline_exceeded` when it does not respond,
    /// `internal` when its response cannot be read.
    package func call<Input, Output>(_ method: WireMethod<Input, Output>, _ input: Input) async throws -> Output {
        let body = ByteBuffer(bytes: try JSON.encode(input))
        let name = "\(method.service)/\(method.name)"
        return try await peer.call(name, over: .http, repeatable: method.isRepeatableNow, limit: method.limit) { call in
            let (status, response) = try await self.exchange(method.path, body, call)
            do {
                if status == .ok { return try JSON.decode(Output.self, from: response) }
            } catch { throw self.peer.unreadableResponse(name, error) }
            if let problem = try? JSON.decode(WireProblem.self, from: response) { throw problem.error }
            // A proxy's word, not the peer's.
            if [.badGateway, .serviceUnavailable, .gatewayTimeout].contains(status) {
                throw NoResponse(.unavailable(self.peer.name))
            }
            throw self.peer.unreadableResponse(name, Misunderstanding(status: status.code))
        }
    }

    private struct Misunderstanding: Error { let status: UInt }

    private func exchange(
        _ path: String, _ body: ByteBuffer, _ call: OutgoingCall
    ) async throws -> (HTTPResponseStatus, ByteBuffer) {
        let start = ContinuousClock.now
        var (status, errorType) = ("", "no_response")
        defer { durations["POST", peer.name, status, errorType].record(ContinuousClock.now - start) }
        let response = try await send(path, body, call)
        status = String(response.0.code)
        // https://opentelemetry.io/docs/specs/semconv/http/http-spans/: of a client, any status from 400 is an error.
        errorType = response.0.code < 400 ? "" : status
        return response
    }

    /// Sends the request to the address whose turn it is, and reads the whole response.
    private func send(
        _ path: String, _ body: ByteBuffer, _ call: OutgoingCall
    ) async throws -> (HTTPResponseStatus, ByteBuffer) {
        let address = round.next()
        var request = HTTPClientRequest(url: "http://\(address)\(path)")
        request.method = .POST
        for header in call.headers { request.headers.add(name: header.name, value: header.value) }
        request.headers.add(name: "content-type", value: "application/json")
        request.body = .bytes(body)
        do {
            // The client's own deadline ends with the head of the response.
            let (status, body, isLeaving) = try await withDeadline(.now.advanced(by: call.timeout)) {
                [client, request] in
                let response = try await client.execute(
                    request, timeout: .nanoseconds(max(1_000_000, call.timeout.nanoseconds)))
                let isLeaving = response.headers[canonicalForm: "connection"].contains("close")
                return (response.status, try await response.body.collect(upTo: Self.longestResponse), isLeaving)
            }
            if isLeaving {
                // The server is about to go: what is sent there now may cross its closing the connection.
                _ = round.noteUnreachable(address)
            } else {
                round.noteReached(address)
            }
            return (status, body)
        } catch let error as ServiceError {
            throw NoResponse(error)
        } catch let error as NIOTooManyBytesError {
            throw peer.unreadableResponse(path, error)
        } catch let error as HTTPClientError where error == .deadlineExceeded || error == .readTimeout {
            throw NoResponse(.deadlineExceeded)
        } catch  where Self.isSurelyNotSent(error) {
            throw NotSent(hasElsewhere: round.noteUnreachable(address))
        } catch {
            throw NoResponse(.unavailable(peer.name))
        }
    }

    private static func isSurelyNotSent(_ error: any Error) -> Bool {
        switch error {
        case let error as HTTPClientError: error == .connectTimeout || error == .getConnectionFromPoolTimeout
        case let error as IOError: error.errnoCode == ECONNREFUSED
        default: error is NIOConnectionError
        }
    }
}

extension HTTPClient {
    package static func betweenServices() -> HTTPClient {
        var configuration = Configuration.singletonConfiguration
        configuration.timeout.connect = .seconds(2)
        // Shorter than the notice that a server gives before it closes its connections: a request would cross the closing.
        // https://datatracker.ietf.org/doc/html/rfc9112#section-9.5
        configuration.connectionPool.idleTimeout = .seconds(1)
        // Calls that wait for a connection are taken for calls of a server that is gone. How much a server can do at a time
        // is for the server to say: slow payments must not keep order-service from answering the rest.
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 1_024
        // Several addresses are tried in turn, so that one that is gone is left soon.
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.decompression = .disabled
        // No service redirects another one; credentials must not follow a redirect.
        configuration.redirectConfiguration = .disallow
        configuration.tracing.tracer = nil  // A call has its span already, which covers its retries.
        return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }
}
