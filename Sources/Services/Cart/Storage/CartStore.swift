import CartContract
import Commerce
import KeyValue
import ServiceKit

/// Cart documents in the key-value store: `cart:<id>`, and `idem:<caller>:<key>` for the carts that requests with an
/// idempotency key changed.
struct CartStore: Sendable {
    /// Before the network and the browser in the name of a guest as caller.
    private static let guest = "guest:"

    let store: any KeyValueStore
    let clientDigest: KeyedDigest
    let boundary: ErrorBoundary

    func document(_ id: CartID) async throws -> CartDocument? {
        try await boundary.run {
            try await store.value(Self.key(id)).map { try JSON.decode(CartDocument.self, from: $0.bytes) }
        }
    }

    /// The cart that this key changed or created before. Throws `idempotency_key_reused` when that was another request.
    func changed(by key: IdempotencyKey?) async throws -> CartID? {
        guard let key, let stored = try await boundary.run({ try await store.value(self.key(key)) }) else { return nil }
        let record = try await boundary.run { try JSON.decode(KeyRecord.self, from: stored.bytes) }
        guard record.requestHash == key.requestHash else { throw ServiceError.idempotencyKeyReused }
        return record.cart
    }

    /// Creates or changes the document and stores the key, in one write; a key that was stored before changes nothing.
    /// A request that changes nothing stores no key.
    ///
    /// - Parameter body: Gets the document, nil when there is none; runs again after a concurrent change.
    func change(
        _ id: CartID, once key: IdempotencyKey?,
        _ body: (CartDocument?) async throws -> (change: CartDocument, isChange: Bool, cart: Cart)
    ) async throws -> CartChangeResult {
        try await boundary.run {
            try await store.update(Self.key(id), lifetime: CartLimits.lifetime) {
                bytes -> KeyValueChange<CartChangeResult> in
                if let known = try await changed(by: key) { return KeyValueChange(result: .repeated(known)) }
                let before = try bytes.map { try JSON.decode(CartDocument.self, from: $0) }
                let (after, isChange, cart) = try await body(before)
                let records = try (isChange ? key : nil).map { key in
                    NewEntry(
                        key: self.key(key),
                        bytes: try JSON.encode(KeyRecord(requestHash: key.requestHash, cart: id)),
                        lifetime: Retention.idempotencyKeys)
                }
                return KeyValueChange(
                    store: after == before ? nil : try JSON.encode(after), creating: records.map { [$0] } ?? [],
                    result: .changed(cart))
            }
        }
    }

    /// Changes the document; parallel changes are repeated on the newest state, so none is lost. Throws 404
    /// `cart_not_found` when there is none.
    func update<Value>(_ id: CartID, _ body: (inout CartDocument) async throws -> Value) async throws -> Value {
        guard let value = try await updateIfPresent(id, body) else { throw ServiceError.cartNotFound }
        return value
    }

    func updateIfPresent<Value>(
        _ id: CartID, _ body: (inout CartDocument) async throws -> Value
    ) async throws -> Value? {
        try await boundary.run {
            try await store.update(Self.key(id), lifetime: CartLimits.lifetime) { bytes in
                guard let bytes else { return KeyValueChange(result: nil) }
                let before = try JSON.decode(CartDocument.self, from: bytes)
                var after = before
                let value = try await body(&after)
                return KeyValueChange(store: after == before ? nil : try JSON.encode(after), result: value)
            }
        }
    }

    /// Stores what the customer saw, unless the cart has changed since or checkout has begun. Not repeated after a
    /// concurrent change, which has stored a newer total.
    func record(shown cart: Cart, of document: CartDocument) async throws {
        try await boundary.run {
            guard let current = try await store.value(Self.key(document.id)) else { return }
            let stored = try JSON.decode(CartDocument.self, from: current.bytes)
            guard stored == document, stored.lock == nil, stored.completedAs == nil else { return }
            _ = try await store.set(
                Self.key(document.id), to: try JSON.encode(stored.recording(shown: cart)), expecting: current.version,
                lifetime: CartLimits.lifetime)
        }
    }

    private static func key(_ id: CartID) -> String { "cart:\(id.rawValue)" }

    /// A guest's caller names the client's network, which is not stored in clear.
    private func key(_ key: IdempotencyKey) -> String {
        guard key.caller.hasPrefix(Self.guest) else { return "idem:\(key.caller):\(key.key)" }
        return "idem:\(Self.guest)\(clientDigest.text(for: key.caller)):\(key.key)"
    }
}
