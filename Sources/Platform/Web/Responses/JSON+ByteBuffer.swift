package import NIOCore
package import ServiceKit

extension JSON {
    /// The value's JSON text in a buffer, ready for a response.
    package static func buffer(_ value: some Encodable) throws -> ByteBuffer {
        try ByteBuffer(bytes: encode(value))
    }

    /// Reads a value from a buffer's readable bytes.
    package static func decode<Value: Decodable>(_ type: Value.Type, from buffer: ByteBuffer) throws -> Value {
        try decode(type, from: buffer.readableBytesView)
    }
}
