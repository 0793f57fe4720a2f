import SQL
import ServiceKit

extension CatalogueTransaction {
    /// The value of the first call with this key; the body's, which is stored, when there was none.
    func once<Value: Codable & Sendable>(_ key: IdempotencyKey?, _ body: () throws -> Value) throws -> Outcome<Value> {
        if let stored = try Idempotency.response(for: key, in: tx) {
            return Outcome(try JSON.decode(Value.self, from: stored), replayed: true)
        }
        let value = try body()
        try Idempotency.store(JSON.text(value), for: key, at: now, in: tx)
        return Outcome(value)
    }
}
