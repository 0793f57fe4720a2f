import CartContract
import CartService
import Commerce
import OfferContract
import ProductContract
import SQL
import ServiceKit
import TestSupport
import Testing

/// What changes with an idempotency key store, and how much of it.
@Suite struct IdempotencyTests {
    /// The length of a real one.
    private let hash = String(repeating: "a", count: 64)

    private func storedKeys(_ database: any Database) async throws -> [Int] {
        try await database.read { tx in
            try tx.query("SELECT key, value FROM key_values WHERE key LIKE 'idem:%'").map { try $0.blob("value").count }
        }
    }

    @Test func noCartIsStoredWithAKey() async throws {
        let variants = (0..<100).map { _ in variant(1_000) }
        try await withCartsAndStore(of: FixedProducts(variants)) { carts, _, database in
            let id = try await calling(key: "make", hash: hash) { try await carts.create(currency: nil).value.id }
            for (number, variant) in variants.enumerated() {
                let outcome = try await calling(key: "add-\(number)", hash: hash) {
                    try await carts.addLine(to: id, variant: variant.variant.id, quantity: 1)
                }
                #expect(!outcome.replayed)
            }
            let sizes = try await storedKeys(database)
            #expect(sizes.count == 101)
            #expect(sizes.allSatisfy { $0 <= 128 }, "\(sizes.max() ?? 0) bytes")
            let again = try await calling(key: "add-0", hash: hash) {
                try await carts.addLine(to: id, variant: variants[0].variant.id, quantity: 1)
            }
            #expect(again.replayed && again.value.lines.count == 100)
            let cart = try await carts.cart(id)
            #expect(again.value == cart)
        }
    }

    @Test func requestsThatChangeNothingStoreNoKey() async throws {
        let mug = variant(2_000)
        try await withCartsAndStore(of: FixedProducts([mug])) { carts, time, database in
            let id = try await carts.create(currency: nil).value.id
            _ = try await carts.addLine(to: id, variant: mug.variant.id, quantity: 1)
            let applied = try await carts.applyCoupon("WELCOME10", to: id).value
            time.advance(by: .seconds(60))
            for number in 0..<5 {
                let same = try await calling(key: "\(number)") { try await carts.applyCoupon("welcome10", to: id) }
                #expect(same.value == applied)
            }
            #expect(try await storedKeys(database).isEmpty)
        }
    }

    @Test func aCartHasALimitedNumberOfKeys() async throws {
        let mug = variant(2_000)
        try await withCartsAndStore(of: FixedProducts([mug])) { carts, time, database in
            let id = try await carts.create(currency: nil).value.id
            _ = try await carts.addLine(to: id, variant: mug.variant.id, quantity: 1)
            for number in 0..<500 {
                _ = try await calling(key: "a\(number)") { try await carts.applyCoupon("WELCOME10", to: id) }
                _ = try await carts.removeCoupon("WELCOME10", from: id)
                _ = try await calling(key: "b\(number)") { try await carts.applyCoupon("WELCOME10", to: id) }
                _ = try await carts.removeCoupon("WELCOME10", from: id)
            }
            #expect(try await storedKeys(database).count == 1_000)
            let refused = await code {
                try await calling(key: "more") { try await carts.applyCoupon("WELCOME10", to: id) }
            }
            #expect(refused == "rate_limited")
            // Requests without a key, and with a stored one, still succeed.
            _ = try await carts.addLine(to: id, variant: mug.variant.id, quantity: 1)
            #expect(try await calling(key: "a0") { try await carts.applyCoupon("WELCOME10", to: id).replayed })
            time.advance(by: .seconds(2 * 86_400 + 1))
            #expect(try await calling(key: "more") { try await !carts.applyCoupon("WELCOME10", to: id).replayed })
        }
    }

    @Test func aKeyStoredByAnEarlierVersionIsStillKnown() async throws {
        let mug = variant(2_000)
        try await withCartsAndStore(of: FixedProducts([mug])) { carts, _, database in
            let cart = try await carts.create(currency: nil).value
            let old = Array(#"{"requestHash":"hash","cart":{"id":"\#(cart.id)","currency":"USD","lines":[]}}"#.utf8)
            try await database.write { tx in
                _ = try tx.execute(
                    """
                    INSERT INTO key_values (key, value, version, expires_at)
                    VALUES ('idem:anonymous:old', \(old), \(1), \(Int64.max))
                    """)
            }
            let again = try await calling(key: "old") {
                try await carts.addLine(to: cart.id, variant: mug.variant.id, quantity: 1)
            }
            #expect(again.replayed && again.value.lines.isEmpty)
        }
    }

    @Test func theNetworkOfAGuestIsNotStored() async throws {
        try await withCartsAndStore(of: FixedProducts([])) { carts, _, database in
            let key = IdempotencyKey(caller: "guest:192.0.2.1:0123456789abcdef", key: "k", requestHash: hash)
            for replayed in [false, true] {
                let outcome = try await CallContext(idempotency: key).run { try await carts.create(currency: nil) }
                #expect(outcome.replayed == replayed)
            }
            let keys = try await database.read { tx in
                try tx.query("SELECT key FROM key_values WHERE key LIKE 'idem:%'").map { try $0.string("key") }
            }
            let stored = try #require(keys.first)
            #expect(keys.count == 1 && stored.hasPrefix("idem:guest:") && stored.hasSuffix(":k"))
            #expect(!stored.contains("192.0.2.1"))
        }
    }

    /// Two guests in one network may use the same key.
    @Test func aKeyNeverShowsTheDataOfAnotherGuest() async throws {
        try await withCarts() { carts, _ in
            func create() async throws -> Outcome<Cart> {
                try await calling(key: "create-1") { try await carts.create(currency: nil) }
            }
            let cart = try await create().value
            let again = try await create()
            #expect(again.replayed && again.value.id == cart.id)
            _ = try await carts.update(cart.id, CartChange(email: "ada@example.com"))
            #expect(await code { try await create() } == "idempotency_key_reused")
        }
    }
}
