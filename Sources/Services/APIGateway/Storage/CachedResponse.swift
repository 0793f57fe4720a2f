import Commerce
import Crypto
import HTTPTypes
import Hummingbird
import NIOCore
import ServiceKit

/// An encoded JSON response with its entity tag.
struct CachedResponse: Sendable {
    private let body: ByteBuffer
    private let headers: HTTPFields
    private let tag: String

    /// - Parameter isPublic: Whether everyone gets the same response.
    init(_ value: some Encodable, isPublic: Bool) throws {
        let bytes = try JSON.encode(value)
        tag = "\"\(hexadecimal(SHA256.hash(data: bytes).prefix(16)))\""
        body = ByteBuffer(bytes: bytes)
        headers = [
            .contentType: "application/json; charset=utf-8", .eTag: tag, .vary: "authorization",
            .cacheControl: "\(isPublic ? "public" : "private"), max-age=0, must-revalidate",
        ]
    }

    var byteCount: Int { body.readableBytes }

    /// The response, or 304 when the client has it already.
    func response(to request: Request) -> Response {
        guard let known = request.headers[.ifNoneMatch], Self.matches(known, tag) else {
            return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: body))
        }
        var headers = headers
        headers[.contentType] = nil
        return Response(status: .notModified, headers: headers)
    }

    /// RFC 9110, section 13.1.2: a list of tags compared weakly, or `*`.
    static func matches(_ header: String, _ tag: String) -> Bool {
        header.split(separator: ",").contains { candidate in
            let candidate = candidate.trimmed
            return candidate == "*" || candidate == tag || candidate == "W/" + tag
        }
    }
}
