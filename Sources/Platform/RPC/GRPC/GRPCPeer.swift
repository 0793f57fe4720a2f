package import GRPCCore
import ServiceKit

/// Another service that is reached by gRPC.
package struct GRPCPeer: Sendable {
    private let peer: RemotePeer
    private let connection: GRPCConnection
    private let limit: Duration

    /// - Parameter limit: The longest a call may take, with its retries.
    package init(_ peer: RemotePeer, over connection: GRPCConnection, limit: Duration = .seconds(5)) {
        (self.peer, self.connection, self.limit) = (peer, connection, limit)
    }

    package var client: GRPCClient<GRPCConnection.Transport> { connection.client }

    /// Makes one unary call. Throws `ServiceError`: the peer's own, `unavailable` or `deadline_exceeded` when it does
    /// not respond, `internal` when its response cannot be read.
    ///
    /// - Parameters:
    ///   - method: For the log.
    ///   - repeatable: Whether the call may be made again after it failed without a response.
    ///   - attempt: Makes the call with this metadata and these options, and reads the response.
    package func call<Value: Sendable>(
        _ method: String, repeatable: Bool, _ attempt: @Sendable (Metadata, CallOptions) async throws -> Value
    ) async throws -> Value {
        try await peer.call(method, over: .grpc, repeatable: repeatable, limit: limit) { call in
            var metadata = Metadata()
            for header in call.headers { metadata.addString(header.value, forKey: header.name) }
            var options = CallOptions.defaults
            options.timeout = call.timeout
            options.waitForReady = true
            options.maxResponseMessageBytes = GRPCConnection.longestResponse
            // The transport applies the limit of requests to responses (seen in 2.9.2).
            options.maxRequestMessageBytes = GRPCConnection.longestResponse
            do {
                return try await attempt(metadata, options)
            } catch {
                throw failure(for: error, of: method)
            }
        }
    }

    /// The error for `RemotePeer`: the peer's own, or that there was no response.
    private func failure(for error: any Error, of method: String) -> any Error {
        switch error {
        case let error as ServiceError: return error
        case let error as RPCError:
            if let error = GRPCErrors.serviceError(in: error.metadata) { return error }
            switch error.code {
            case .deadlineExceeded: return NoResponse(.deadlineExceeded)
            case .unavailable, .cancelled, .resourceExhausted: return NoResponse(.unavailable(peer.name))
            default: break
            }
        // Cancelled, or shut down.
        case is CancellationError, is RuntimeError: return NoResponse(.unavailable(peer.name))
        default: break
        }
        return peer.unreadableResponse(method, error)
    }
}
