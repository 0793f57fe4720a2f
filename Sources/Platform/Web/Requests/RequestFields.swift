package import Commerce
import HTTPTypes
package import Hummingbird
package import NIOCore
package import ServiceKit

/// Reads a JSON object body field by field and collects everything that is wrong with it, so that a client learns of
/// all mistakes at once.
///
/// Read every field the endpoint knows, then call ``finish()``, and only then use the values: where a field was wrong
/// the reader returned a placeholder. Fields that were never read are reported as unknown.
package struct RequestFields: Sendable {
    /// The body as it came.
    package let rawBody: ByteBuffer
    /// SHA-256 in hex of method, path and body, for an ``IdempotencyKey``.
    package var requestDigest: String { IdempotencyHeader.digest(method: method, path: requestPath, body: rawBody) }

    let path: String
    let members: [String: JSONValue]
    let collector: FieldCollector
    private let method: String
    private let requestPath: String
    /// Counts the body in the process's memory for as long as its fields are used.
    private let received: ReceivedBody?

    /// Reads the request's body.
    ///
    /// - Parameter allowEmpty: Whether no body at all counts as an object without members.
    ///
    /// Throws what ``ReceivedBody`` throws, `unsupported_media_type` (415), `invalid_json` (400), or `invalid_request`
    /// (422) when the body is not an object.
    package init(_ request: Request, context: WebContext, allowEmpty: Bool = false) async throws {
        let body = try await ReceivedBody(request, context: context)
        let (contentType, bounds) = (request.headers[.contentType], context.bodyBounds.json)
        let members = try await body.parsed { bytes in
            try Self.members(of: bytes, contentType: contentType, within: bounds, allowEmpty: allowEmpty)
        }
        self.init(
            members: members, body: body.bytes, received: body, method: request.method.rawValue,
            path: request.uri.path)
    }

    init(
        body: ByteBuffer, contentType: String?, within bounds: JSONBounds, method: String, path: String,
        allowEmpty: Bool
    ) throws {
        let members = try Self.members(of: body, contentType: contentType, within: bounds, allowEmpty: allowEmpty)
        self.init(members: members, body: body, received: nil, method: method, path: path)
    }

    private init(
        members: [String: JSONValue], body: ByteBuffer, received: ReceivedBody?, method: String,
        path requestPath: String
    ) {
        rawBody = body
        self.received = received
        self.method = method
        self.requestPath = requestPath
        self.members = members
        path = ""
        collector = FieldCollector()
        collector.open("", members: members.keys)
    }

    private static func members(
        of body: ByteBuffer, contentType: String?, within bounds: JSONBounds, allowEmpty: Bool
    ) throws -> [String: JSONValue] {
        if body.readableBytes == 0, allowEmpty || contentType == nil {
            guard allowEmpty else {
                throw ServiceError.invalid("", code: FieldCode.required, "A JSON object must be sent.")
            }
            return [:]
        }
        guard isJSON(contentType) else { throw WebError.unsupportedMediaType }
        guard case .object(let members) = try JSONValue(parsing: body, within: bounds) else {
            throw ServiceError.invalid("", code: FieldCode.wrongType, "The body must be a JSON object.")
        }
        return members
    }

    /// A reader of an object inside this one.
    init(members: [String: JSONValue], at path: String, in parent: RequestFields) {
        self.members = members
        self.path = path
        rawBody = parent.rawBody
        received = parent.received
        method = parent.method
        requestPath = parent.requestPath
        collector = parent.collector
        collector.open(path, members: members.keys)
    }

    /// Whether a mistake was found so far, unknown fields left aside.
    package var hasProblems: Bool { collector.hasReported }

    /// True when the field is there, be it null. Counts as asking for it.
    package func has(_ name: String) -> Bool { take(name) != nil }

    /// True when the field is there and null: the client wants it cleared.
    package func isNull(_ name: String) -> Bool { take(name) == .null }

    /// Reports a mistake that only the caller can see.
    package func fail(_ name: String, code: some ErrorCodeList, _ detail: String) {
        collector.report(FieldFaults.path(path, name), code, detail)
    }

    /// Throws one `invalid_request` with all mistakes, those of nested readers included.
    package func finish() throws(ServiceError) {
        try collector.faults.check()
    }

    /// The field as it came, marked as known.
    func take(_ name: String) -> JSONValue? {
        collector.markRead(name, in: path)
        return members[name]
    }

    /// The field unless it is absent or null, which is a mistake when it is required.
    func present(_ name: String, required: Bool) -> JSONValue? {
        switch take(name) {
        case nil, .null?:
            if required { fail(name, code: FieldCode.required, "must be given") }
            return nil
        case let value?: return value
        }
    }

    private static func isJSON(_ contentType: String?) -> Bool {
        let parts = (contentType ?? "").lowercased().split(separator: ";").map(\.trimmed)
        guard parts.first == "application/json" else { return false }
        return parts.dropFirst().allSatisfy {
            !$0.hasPrefix("charset=") || $0 == "charset=utf-8" || $0 == "charset=\"utf-8\""
        }
    }
}
