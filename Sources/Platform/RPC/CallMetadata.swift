import Commerce
import ServiceKit

/// The call context on the wire, in lower-case header names that HTTP and gRPC both take.
enum CallMetadata {
    static let authorization = "authorization"
    static let principal = "magpie-principal"
    static let idempotencyKey = "idempotency-key"
    static let idempotencyCaller = "magpie-idempotency-caller"
    static let requestHash = "magpie-request-hash"
    static let clientNetwork = "magpie-client-network"
    /// Milliseconds until the caller no longer waits for the response.
    static let timeout = "magpie-timeout"
    static let traceparent = "traceparent"
    static let tracestate = "tracestate"

    /// Throws `unauthenticated` when the call is made for a customer whose token is not known: a service cannot act for a customer without the token.
    static func headers(
        of context: CallContext, credential: ServiceCredential, timeout: Duration
    ) throws(ServiceError) -> [(name: String, value: String)] {
        var headers = [
            (name: ServiceCredential.header, value: credential.proof),
            (name: traceparent, value: context.trace.traceparent),
            (name: Self.timeout, value: "\(timeout.wholeMilliseconds)"),
        ]
        if !context.trace.state.isEmpty { headers.append((tracestate, context.trace.state)) }
        switch context.principal {
        case .anonymous: break
        case .system(let name): headers.append((principal, name))
        case .customer, .staff:
            guard let token = context.accessToken else { throw .unauthenticated }
            headers.append((authorization, "Bearer \(token)"))
        }
        if let key = context.idempotency {
            headers += [(idempotencyKey, key.key), (idempotencyCaller, key.caller), (requestHash, key.requestHash)]
        }
        if let network = context.clientNetwork { headers.append((clientNetwork, network)) }
        return headers
    }
}
