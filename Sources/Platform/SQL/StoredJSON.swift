import ServiceKit

/// Values kept as JSON text in a column, responses for idempotency keys among them. ``JSON`` for callers that have not
/// moved to it yet.
package enum StoredJSON {
    package static func text(_ value: some Encodable) throws -> String { try JSON.text(value) }

    package static func value<Value: Decodable>(_ type: Value.Type = Value.self, from text: String) throws -> Value {
        try JSON.decode(type, from: text)
    }
}
