package import GRPCCore
import ServiceKit

/// Another service that is reached by gRPC.
package struct GRPCPeer: Sendable {
    private let peer: RemotePeer
    private let connection: GRPCConnection
    private let limit: Duration

    /// - Parameter limit: The longest a call may take, its repetitions included.
    package init(_ peer: RemotePeer, over connection: GRPCConnection, limit: Duration = .seconds(5)) {
        (self.peer, self.connection, self.limit) = (peer, connection, limit)
    }

    package var client: GRPCClient<GRPCConnection.Transport> { connection.client }

    /// Makes one unary call. Throws `ServiceError`: the peer's own, `unavailable` or `deadline_exceeded` when it does
    /// not answer, `internal` when it answers what nobody understands.
    ///
    /// - Parameters:
    ///   - method: For the log.
    ///   - repeatable: Whether the call may be made again after it failed without an answer.
    ///   - attempt: Makes the call with this metadata and these options, and reads the answer.
    package func call<Value: Sendable>(
        _ method: String, repeatable: Bool, _ attempt: @Sendable (Metadata, CallOptions) async throws -> Value
    ) async throws -> Value {
        try await peer.call(method, repeatable: repeatable, limit: limit) { call in
            var metadata = Metadata()
            for header in call.headers { metadata.addString(header.value, forKey: header.name) }
            var options = CallOptions.defaults
            options.timeout = call.timeout
            options.waitForReady = true
            options.maxResponseMessageBytes = GRPCConnection.longestAnswer
            // The transport holds answers to the limit that is meant for requests (seen in 2.9.2).
            options.maxRequestMessageBytes = GRPCConnection.longestAnswer
            do {
                return try await attempt(metadata, options)
            } catch {
                throw failure(for: error, of: method)
            }
        }
    }

    /// What `RemotePeer` wants to hear: the peer's own error, or that it said nothing.
    private func failure(for error: any Error, of method: String) -> any Error {
        switch error {
        case let error as ServiceError: return error
        case let error as RPCError:
            if let error = GRPCErrors.serviceError(in: error.metadata) { return error }
            switch error.code {
            case .deadlineExceeded: return NoAnswer(.deadlineExceeded)
            case .unavailable, .cancelled, .resourceExhausted: return NoAnswer(.unavailable(peer.name))
            default: break
            }
        // Cancelled, or shut down.
        case is CancellationError, is RuntimeError: return NoAnswer(.unavailable(peer.name))
        default: break
        }
        return peer.misunderstood(method, error)
    }
}
