package import Identity
package import ServiceKit

/// The receiving side of a call between services: who calls, for whom, and until when.
package struct CallReceiver: Sendable {
    private let credential: ServiceCredential
    private let verifier: TokenVerifier

    package init(credential: ServiceCredential, verifier: TokenVerifier) {
        self.credential = credential
        self.verifier = verifier
    }

    /// The caller's span; nil when it named none.
    func trace(_ header: (String) -> String?) -> TraceContext? {
        header(CallMetadata.traceparent).flatMap {
            TraceContext(traceparent: $0, state: [header(CallMetadata.tracestate) ?? ""])
        }
    }

    /// Checks the service's proof and the customer's token. Throws `unauthenticated` errors (401).
    ///
    /// - Parameter header: Returns the value of a header by its lower-case name.
    package func context(
        over transport: CallTransport, _ header: (String) -> String?
    ) async throws -> CallContext {
        _ = try credential.verify(header(ServiceCredential.header))
        var context = CallContext()
        context.transport = transport
        if let trace = trace(header) { context.trace = trace.child() }
        if let text = header(CallMetadata.timeout), let milliseconds = Int64(text), milliseconds >= 0 {
            context.deadline = .now.advanced(by: .milliseconds(min(milliseconds, 60_000)))
        }
        if let name = header(CallMetadata.principal) {
            context.principal = .system(name)
        } else if let authorization = header(CallMetadata.authorization) {
            let token = String(authorization.dropFirst("Bearer ".count))
            context.principal = try await verifier.verify(token)
            context.accessToken = token
        }
        if let key = header(CallMetadata.idempotencyKey), let caller = header(CallMetadata.idempotencyCaller),
            let hash = header(CallMetadata.requestHash)
        {
            context.idempotency = IdempotencyKey(caller: caller, key: key, requestHash: hash)
        }
        context.clientNetwork = header(CallMetadata.clientNetwork)
        return context
    }
}
