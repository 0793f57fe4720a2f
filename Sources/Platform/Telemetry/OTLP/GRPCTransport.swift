import Commerce
import GRPCCore
import GRPCNIOTransportHTTP2Posix
import GRPCProtobuf
import ServiceLifecycle

/// OTLP by gRPC: https://opentelemetry.io/docs/specs/otlp/#otlpgrpc
package final class GRPCTransport: OTLPTransport {
    private typealias Transport = HTTP2ClientTransport.Posix
    private let client: GRPCClient<Transport>
    private let metadata: Metadata

    /// - Parameters:
    ///   - usesTLS: By the machine's certificate authorities.
    ///   - headers: Their names are in lower case.
    package init(host: String, port: Int, usesTLS: Bool, headers: [(name: String, value: String)] = []) throws {
        client = GRPCClient(
            transport: try HTTP2ClientTransport.Posix(
                target: .dns(host: host, port: port), transportSecurity: usesTLS ? .tls : .plaintext))
        var metadata = Metadata()
        for header in headers { metadata.addString(header.value, forKey: header.name.lowercased()) }
        self.metadata = metadata
    }

    package func run() async throws {
        let connections = Task { try await client.runConnections() }  // Must not end before the last export.
        do {
            try await withTaskCancellationHandler {
                try await withGracefulShutdownHandler {
                    try await connections.value
                } onGracefulShutdown: {
                    self.client.beginGracefulShutdown()
                    connections.cancel()
                }
            } onCancel: {
                connections.cancel()
            }
        } catch let error as RuntimeError where error.code == .clientIsStopped {
            // Shut down before it began.
        } catch is CancellationError {}
    }

    package func send<Signal: OTLPSignal>(
        _ request: Signal.Request, as signal: Signal.Type, count: Int, timeout: Duration
    ) async -> ExportOutcome {
        var options = CallOptions.defaults
        options.timeout = timeout
        do {
            return try await client.unary(
                request: ClientRequest(message: request, metadata: metadata), descriptor: Signal.method,
                serializer: ProtobufSerializer<Signal.Request>(), deserializer: ProtobufDeserializer<Signal.Response>(),
                options: options
            ) { response in self.accepted(try response.message, as: signal, of: count) }
        } catch let error as RPCError {
            let reason = "the receiver answered \(error.code)"
            let pause = try? error.unpackGoogleRPCStatus()?.details.lazy.compactMap(\.retryInfo).first?.delay
            switch error.code {
            case .cancelled, .deadlineExceeded, .aborted, .outOfRange, .unavailable, .dataLoss:
                return .unavailable(reason: reason, pause: pause)
            // Only a receiver that says when has room again: https://opentelemetry.io/docs/specs/otlp/#failures
            case .resourceExhausted where pause != nil: return .unavailable(reason: reason, pause: pause)
            default: return .refused(reason: reason)
            }
        } catch {
            return .unavailable(reason: "the receiver did not answer", pause: nil)
        }
    }
}
