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

/// What staff may do; an access token carries them as its `permissions` claim.
package enum Permission: String, Sendable, Codable, CaseIterable {
    case productsWrite = "products:write"
    case inventoryWrite = "inventory:write"
    case offersWrite = "offers:write"
    case ordersRead = "orders:read"
    case ordersWrite = "orders:write"
    case customersRead = "customers:read"
    case auditRead = "audit:read"
    case reportsRead = "reports:read"
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

/// W3C Trace Context: https://www.w3.org/TR/trace-context/
package struct TraceContext: Hashable, Sendable {
    /// 32 lower-case hex digits.
    package var traceID: String
    /// 16 lower-case hex digits.
    package var spanID: String
    package var sampled: Bool

    package static func new() -> TraceContext {
        TraceContext(
            traceID: hex(.random(in: 1 ... .max)) + hex(.random(in: 1 ... .max)), spanID: hex(.random(in: 1 ... .max)),
            sampled: true)
    }

    package init(traceID: String, spanID: String, sampled: Bool) {
        self.traceID = traceID
        self.spanID = spanID
        self.sampled = sampled
    }

    /// Reads a `traceparent` header; nil when malformed.
    package init?(traceparent: String) {
        let parts = traceparent.split(separator: "-", omittingEmptySubsequences: false)
        func isHex(_ text: Substring, _ count: Int) -> Bool {
            text.utf8.count == count && text.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
        }
        guard parts.count >= 4, isHex(parts[0], 2), parts[0] != "ff", isHex(parts[1], 32), isHex(parts[2], 16),
            isHex(parts[3], 2), parts[1].contains(where: { $0 != "0" }), parts[2].contains(where: { $0 != "0" })
        else { return nil }
        self.init(
            traceID: String(parts[1]), spanID: String(parts[2]),
            sampled: UInt8(parts[3], radix: 16).map { $0 & 1 == 1 } ?? false)
    }

    package var traceparent: String { "00-\(traceID)-\(spanID)-\(sampled ? "01" : "00")" }

    /// The same trace with a span of its own.
    package func child() -> TraceContext {
        TraceContext(traceID: traceID, spanID: Self.hex(.random(in: 1 ... .max)), sampled: sampled)
    }

    private static func hex(_ value: UInt64) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
