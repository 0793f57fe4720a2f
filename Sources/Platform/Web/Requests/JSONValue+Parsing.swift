package import NIOCore
package import ServiceKit

extension JSONValue {
    /// Reads one JSON text (RFC 8259).
    ///
    /// Throws `invalid_json` (400) for anything else: truncated text, invalid UTF-8, a member named twice; and what
    /// ``JSONBounds/check(_:)`` throws.
    package init(parsing buffer: ByteBuffer, within bounds: JSONBounds) throws {
        try bounds.check(buffer)
        self = try buffer.withUnsafeReadableBytes { bytes in
            var parser = JSONParser(bytes: bytes)
            return try parser.document()
        }
    }
}
