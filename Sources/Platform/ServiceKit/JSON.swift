import Foundation
package import HTTPTypes
package import Hummingbird
package import NIOCore

/// The house's JSON: one encoder and one decoder for the process.
package enum JSON {
    private static let encoder: JSONEncoder = {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .iso8601
        return encoder
    }()
    private static let decoder: JSONDecoder = {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .iso8601
        return decoder
    }()

    /// The value's JSON text as bytes.
    package static func encode(_ value: some Encodable) throws -> [UInt8] { try Array(encoder.encode(value)) }

    /// The value's JSON text in a buffer, ready for a response.
    package static func buffer(_ value: some Encodable) throws -> ByteBuffer {
        try ByteBuffer(bytes: encoder.encode(value))
    }

    /// Reads a value; for bodies from outside use ``RequestFields``, which reports every mistake.
    package static func decode<Value: Decodable>(_ type: Value.Type, from bytes: some Sequence<UInt8>) throws -> Value {
        try decoder.decode(type, from: Data(bytes))
    }

    /// Reads a value from a buffer's readable bytes.
    package static func decode<Value: Decodable>(_ type: Value.Type, from buffer: ByteBuffer) throws -> Value {
        try decode(type, from: buffer.readableBytesView)
    }
}

/// A response with the value as `application/json`.
package func jsonResponse(
    _ value: some Encodable, status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]
) throws -> Response {
    try jsonResponse(body: JSON.buffer(value), status: status, headers: headers)
}

/// A response with ready-made JSON text.
package func jsonResponse(
    body: ByteBuffer, status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]
) -> Response {
    var headers = headers
    headers[.contentType] = "application/json; charset=utf-8"
    return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: body))
}
