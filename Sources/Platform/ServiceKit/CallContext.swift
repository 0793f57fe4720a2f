package import Commerce

/// Who calls, until when the answer is of use, and which trace the call belongs to. Travels as a task-local value in
/// one process and as metadata or headers over the network.
package struct CallContext: Sendable {
    package var principal: Principal
    /// The instant after which nobody waits for the answer any more.
    package var deadline: ContinuousClock.Instant?
    package var trace: TraceContext
    /// The caller's promise to repeat this exact request safely, when it gave one.
    package var idempotency: IdempotencyKey?
    /// The network the client is in: its IPv4 address, or the first 64 bits of its IPv6 address, for one customer has
    /// all of those. For limits; never logged in clear.
    package var clientNetwork: String?
    /// The token that proves the principal, for the services behind this one, which verify it too. Never logged.
    package var accessToken: String?

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
        try await Self.$current.withValue(self, operation: body)
    }
}

/// Who a call is made for.
package enum Principal: Hashable, Sendable {
    case anonymous
    case customer(CustomerID)
    case staff(CustomerID, permissions: Set<Permission>)
    /// Another part of Magpie, acting on its own: a reconciler, a command-line verb.
    case system(String)

    package var customerID: CustomerID? {
        switch self {
        case .customer(let id), .staff(let id, _): id
        case .anonymous, .system: nil
        }
    }

    /// A stable name for logs, idempotency and audit: `anonymous`, `cus_…`, `system:reconciler`.
    package var name: String {
        switch self {
        case .anonymous: "anonymous"
        case .customer(let id), .staff(let id, _): id.rawValue
        case .system(let name): "system:\(name)"
        }
    }

    package func may(_ permission: Permission) -> Bool {
        switch self {
        case .anonymous, .customer: false
        case .staff(_, let permissions): permissions.contains(permission)
        case .system: true
        }
    }

    /// Throws `unauthenticated` or `forbidden` unless the principal holds the permission.
    package func require(_ permission: Permission) throws(ServiceError) {
        if may(permission) { return }
        throw self == .anonymous ? .unauthenticated : .forbidden
    }
}

/// The caller's key for one effect, and a digest of the request it belongs to.
package struct IdempotencyKey: Hashable, Sendable {
    /// Who owns the key; two callers may use the same key for different things.
    package var caller: String
    package var key: String
    /// SHA-256 of method, path and body, in hex.
    package var requestHash: String

    package init(caller: String, key: String, requestHash: String) {
        self.caller = caller
        self.key = key
        self.requestHash = requestHash
    }
}

/// The result of something that honours an idempotency key.
package struct Outcome<Value: Sendable>: Sendable {
    package var value: Value
    /// True when this is the stored answer of an earlier request with the same key.
    package var replayed: Bool

    package init(_ value: Value, replayed: Bool = false) {
        self.value = value
        self.replayed = replayed
    }
}
