import Commerce
import HTTPTypes
import Hummingbird
import ServiceKit
import Web

/// One request of a handler; the caller is in `CallContext.current`.
struct Call: Sendable {
    let request: Request
    let context: WebContext
    /// Of what stands for guests where services store who keys belong to.
    let guestDigest: KeyedDigest

    var principal: Principal { CallContext.current.principal }

    /// A path parameter as it came, percent-decoded. Throws `missing` when it cannot name anything.
    func name(_ parameter: String, else missing: ServiceError) throws(ServiceError) -> String {
        let text = context.parameter(parameter)
        let isPlain = text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
        guard (1...200).contains(text.utf8.count), isPlain else { throw missing }
        return text
    }

    /// An id in the path. Throws `missing` when it is malformed.
    func id<Kind>(
        _ parameter: String = "id", else missing: ServiceError, as type: Identifier<Kind>.Type = Identifier<Kind>.self
    ) throws(ServiceError) -> Identifier<Kind> {
        guard let id = Identifier<Kind>(context.parameter(parameter)) else { throw missing }
        return id
    }

    func query() throws(ServiceError) -> QueryFields { try QueryFields(request) }

    func fields(allowEmpty: Bool = false) async throws -> RequestFields {
        try await RequestFields(request, context: context, allowEmpty: allowEmpty)
    }

    /// The order token of a guest.
    var orderToken: String? {
        request.headers[.orderToken].flatMap { $0.utf8.count <= 500 ? $0 : nil }
    }

    /// Throws 400 `idempotency_key_required` when the header is missing.
    func requireIdempotencyKey() throws(ServiceError) {
        guard request.headers[.idempotencyKey] != nil else { throw .idempotencyKeyRequired }
    }

    /// What tells one guest from another.
    var networkAndBrowser: String {
        "\(CallContext.current.clientNetwork ?? "unknown")\n\(request.headers[.userAgent] ?? "")"
    }

    private var guest: String { "guest:" + guestDigest.text(for: networkAndBrowser) }

    /// Runs `work` under the request's `Idempotency-Key`, if it has one.
    ///
    /// - Parameters:
    ///   - digest: Of method, path and body.
    ///   - guest: Who the key belongs to without a login; by default the network and browser of the client.
    func once<Value>(
        _ digest: String, guest: String? = nil, _ work: () async throws -> Value
    ) async throws -> Value {
        var call = CallContext.current
        let caller = call.principal.customerID?.rawValue ?? guest ?? self.guest
        call.idempotency = try IdempotencyHeader.key(of: request, caller: caller, requestHash: digest)
        return try await call.run(work)
    }
}

extension HTTPField.Name {
    static let idempotencyKey = named("Idempotency-Key")
    static let idempotentReplayed = named("Idempotent-Replayed")
    static let orderToken = named("X-Order-Token")

    private static func named(_ text: String) -> HTTPField.Name {
        guard let name = HTTPField.Name(text) else { preconditionFailure("not a field name: \(text)") }
        return name
    }
}
