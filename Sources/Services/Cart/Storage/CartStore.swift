import Calls
import CartContract
import Commerce
import FoundationEssentials
import KeyValue
import Logging

/// Cart documents in the key-value store: `cart:<id>`, and `idem:<caller>:<key>` for carts made with a key.
struct CartStore: Sendable {
    /// Which cart a request made, written before the cart itself.
    struct Ticket: Codable {
        var cart: CartID
        var requestHash: String
    }

    /// The contract promises 24 hours.
    private static let ticketLifetime = Duration.seconds(2 * 86_400)

    private static let decoder = JSONDecoder()
    private static let encoder = JSONEncoder()

    let store: any KeyValueStore
    let logger: Logger

    func document(_ id: CartID) async throws -> CartDocument? {
        try await guarding { try await store.value(Self.key(id)).map { try Self.decode($0.bytes) } }
    }

    /// Stores a new cart; when the id is taken, the one that is there counts.
    func insert(_ document: CartDocument) async throws -> (document: CartDocument, isNew: Bool) {
        try await guarding {
            try await store.update(Self.key(document.id), lifetime: CartService.lifetime) { bytes in
                if let bytes { return (nil, (try Self.decode(bytes), false)) }
                return (try Self.encode(document), (document, true))
            }
        }
    }

    /// Changes the document; parallel changes are repeated on the newest state, so none is lost. Throws 404
    /// `cart_not_found` when there is none.
    func update<Value>(_ id: CartID, _ body: (inout CartDocument) async throws -> Value) async throws -> Value {
        guard let value = try await updateIfPresent(id, body) else { throw ServiceError.notFound("cart") }
        return value
    }

    func updateIfPresent<Value>(
        _ id: CartID, _ body: (inout CartDocument) async throws -> Value
    ) async throws -> Value? {
        try await guarding {
            try await store.update(Self.key(id), lifetime: CartService.lifetime) { bytes in
                guard let bytes else { return (nil, nil) }
                let before = try Self.decode(bytes)
                var after = before
                let value = try await body(&after)
                return (after == before ? nil : try Self.encode(after), value)
            }
        }
    }

    /// Remembers what the customer saw, unless the cart has changed since or checkout has begun. Tried once:
    /// whoever was quicker has shown a newer total.
    func note(shown cart: Cart, of document: CartDocument) async throws {
        try await guarding {
            guard let current = try await store.value(Self.key(document.id)) else { return }
            let stored = try Self.decode(current.bytes)
            guard stored == document, stored.freeze == nil, stored.completedAs == nil else { return }
            _ = try await store.set(
                Self.key(document.id), to: try Self.encode(stored.noting(shown: cart)), expecting: current.version,
                lifetime: CartService.lifetime)
        }
    }

    /// The id this key's cart has, the given one when the key is new or there is none.
    func claim(_ id: CartID, for key: IdempotencyKey?) async throws -> Ticket {
        guard let key else { return Ticket(cart: id, requestHash: "") }
        let new = Ticket(cart: id, requestHash: key.requestHash)
        let ticket = try await guarding {
            try await store.update("idem:\(key.caller):\(key.key)", lifetime: Self.ticketLifetime) { bytes in
                if let bytes { return (nil, try Self.decoder.decode(Ticket.self, from: Data(bytes))) }
                return (Array(try Self.encoder.encode(new)), new)
            }
        }
        guard ticket.requestHash == key.requestHash else { throw ServiceError.idempotencyKeyReused }
        return ticket
    }

    /// Callers get to know `ServiceError` only; anything else is logged here, where it happened.
    private func guarding<Value>(_ body: () async throws -> Value) async throws -> Value {
        do {
            return try await body()
        } catch let error as ServiceError {
            throw error
        } catch let error as CancellationError {
            throw error
        } catch {
            logger.error("The cart store failed", metadata: ["error": "\(error)"])
            throw ServiceError.unavailable("The cart store")
        }
    }

    private static func key(_ id: CartID) -> String { "cart:\(id.rawValue)" }

    private static func decode(_ bytes: [UInt8]) throws -> CartDocument {
        try decoder.decode(CartDocument.self, from: Data(bytes))
    }

    private static func encode(_ document: CartDocument) throws -> [UInt8] {
        Array(try encoder.encode(document))
    }
}
