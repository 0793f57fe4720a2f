import FoundationEssentials

/// One JSON encoder and one decoder for the process. Members are sorted, so that the same value has the same text.
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

    /// The value's JSON text.
    package static func text(_ value: some Encodable) throws -> String {
        String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    /// Reads a value. For bodies from outside use Web's `RequestFields`, which reports every mistake.
    package static func decode<Value: Decodable>(
        _ type: Value.Type = Value.self, from bytes: some Sequence<UInt8>
    ) throws -> Value {
        try decoder.decode(type, from: Data(bytes))
    }

    /// Reads a value from its text.
    package static func decode<Value: Decodable>(_ type: Value.Type = Value.self, from text: String) throws -> Value {
        try decode(type, from: text.utf8)
    }
}
