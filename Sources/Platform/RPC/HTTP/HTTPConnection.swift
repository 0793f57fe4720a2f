package import AsyncHTTPClient
import Calls
import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization
import Web

/// Calls the ``WireMethod``s of one service, at one address or several in turn.
package final class HTTPConnection: Sendable {
    private let peer: RemotePeer
    private let addresses: [ServiceAddress]
    private let client: HTTPClient
    private let turn = Atomic<Int>(0)

    /// The most bytes of an answer.
    private static let longestAnswer = 16 * 1_048_576

    /// - Parameters:
    ///   - addresses: At least one. A name is resolved anew for each connection.
    ///   - client: Shared by all connections of a process, and shut down by its owner.
    package init(_ peer: RemotePeer, at addresses: [ServiceAddress], client: HTTPClient) {
        self.peer = peer
        self.addresses = addresses
        self.client = client
    }

    /// Throws `ServiceError`: the peer's own, `unavailable` when it does not answer, `deadline_exceeded`.
    package func call<Input, Output>(_ method: WireMethod<Input, Output>, _ input: Input) async throws -> Output {
        let body = ByteBuffer(bytes: try JSON.encode(input))
        return try await peer.call(
            "\(method.service)/\(method.name)", repeatable: method.isRepeatableNow, limit: method.limit
        ) { call in
            try await self.attempt(method, body, call)
        }
    }

    private func attempt<Input, Output>(
        _ method: WireMethod<Input, Output>, _ body: ByteBuffer, _ call: OutgoingCall
    ) async throws -> Output {
        let place = turn.wrappingAdd(1, ordering: .relaxed).oldValue
        let address = addresses[Int(UInt(bitPattern: place) % UInt(addresses.count))]
        var request = HTTPClientRequest(url: "http://\(address)\(method.path)")
        request.method = .POST
        for header in call.headers { request.headers.add(name: header.name, value: header.value) }
        request.headers.add(name: "content-type", value: "application/json")
        request.body = .bytes(body)
        let status: HTTPResponseStatus
        let answer: ByteBuffer
        do {
            let response = try await client.execute(request, timeout: .nanoseconds(call.timeout.nanoseconds))
            status = response.status
            answer = try await response.body.collect(upTo: Self.longestAnswer)
        } catch is CancellationError {
            throw CancellationError()
        } catch let error as HTTPClientError where error == .deadlineExceeded || error == .readTimeout {
            throw ServiceError.deadlineExceeded
        } catch let error as HTTPClientError where error == .cancelled {
            throw CancellationError()
        } catch let error as HTTPClientError where error == .connectTimeout || error == .getConnectionFromPoolTimeout {
            throw NotSent()
        } catch is NIOConnectionError {
            throw NotSent()
        } catch let error as IOError where error.errnoCode == ECONNREFUSED {
            throw NotSent()
        } catch {
            throw ServiceError.unavailable(peer.name)
        }
        guard status == .ok else {
            guard let problem = try? JSON.decode(WireProblem.self, from: answer) else {
                throw ServiceError.unavailable(peer.name)
            }
            throw problem.error
        }
        return try JSON.decode(Output.self, from: answer)
    }
}

extension Duration {
    fileprivate var nanoseconds: Int64 {
        max(1_000_000, components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000)
    }
}
