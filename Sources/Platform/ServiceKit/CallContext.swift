import Tracing

/// Who calls, the deadline of the call, and the trace it belongs to. A task-local value within a process, metadata or headers
/// over the network.
package struct CallContext: Sendable {
    package var principal: Principal
    /// The instant after which the caller no longer waits for the response.
    package var deadline: ContinuousClock.Instant?
    package var trace: TraceContext
    /// The idempotency key of the request, when it has one.
    package var idempotency: IdempotencyKey?
    /// The network the client is in: its IPv4 address, or the first 64 bits of its IPv6 address, for one customer has
    /// all of those. For limits; never logged in clear.
    package var clientNetwork: String?
    /// What carried the call here.
    package var transport = CallTransport.inProcess
    /// The token that proves the principal, for the services behind this one, which verify it too. Never logged.
    package var accessToken: String?
    /// The span that this call is part of; nil when none is recorded. Its trace is ``trace``.
    package internal(set) var span: ActiveSpan?

    package init(
        principal: Principal = .anonymous, deadline: ContinuousClock.Instant? = nil, trace: TraceContext = .new(),
        idempotency: IdempotencyKey? = nil, clientNetwork: String? = nil
    ) {
        self.principal = principal
        self.deadline = deadline
        self.trace = trace
        self.idempotency = idempotency
        self.clientNetwork = clientNetwork
    }

    @TaskLocal package static var current = CallContext()

    /// Runs `body` with this context as the current one.
    package func run<Value>(
        isolation: isolated (any Actor)? = #isolation, _ body: () async throws -> Value
    ) async rethrows -> Value {
        guard ActiveSpan.isOn else { return try await Self.$current.withValue(self, operation: body) }
        return try await ServiceContext.$current.withValue(span?.context) {
            try await Self.$current.withValue(self, operation: body)
        }
    }
}
