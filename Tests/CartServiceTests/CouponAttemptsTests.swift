import CartContract
import CartService
import Commerce
import OfferContract
import ProductContract
import SQL
import ServiceKit
import TestSupport
import Testing

/// Coupon codes cannot be guessed.
@Suite struct CouponAttemptsTests {
    private let limits = AttemptLimits(perCart: 3, perNetwork: 5)

    private func apply(
        _ code: String, to cart: CartID, of carts: CartService, network: String = "192.0.2.1", key: String? = nil
    ) async throws -> Outcome<Cart> {
        let idempotency = key.map { IdempotencyKey(caller: "c", key: $0, requestHash: code) }
        return try await CallContext(idempotency: idempotency, clientNetwork: network).run {
            try await carts.applyCoupon(code, to: cart)
        }
    }

    @Test func wrongCodesAreLimitedPerCart() async throws {
        let mug = variant(2_000)
        try await withCarts([mug], couponLimits: limits) { carts, time in
            let id = try await carts.create(currency: nil).value.id
            _ = try await carts.addLine(to: id, variant: mug.variant.id, quantity: 1)
            _ = try await apply("WELCOME10", to: id, of: carts, key: "k")
            _ = try await carts.removeCoupon("WELCOME10", from: id)
            for number in 0..<3 {
                let wrong = await code { try await apply("GUESS\(number)", to: id, of: carts, network: "n\(number)") }
                #expect(wrong == "coupon_unknown")
            }
            let refusal = await #expect(throws: ServiceError.self) {
                try await apply("WELCOME10", to: id, of: carts, network: "other")
            }
            #expect(refusal?.code == "rate_limited" && refusal?.retryAfter == .seconds(1_200))
            // A repetition still gets its response.
            #expect(try await apply("WELCOME10", to: id, of: carts, key: "k").replayed)
            time.advance(by: .seconds(1_200))
            let cart = try await apply("WELCOME10", to: id, of: carts).value
            #expect(cart.coupons.map(\.code) == ["WELCOME10"])
        }
    }

    @Test func wrongCodesAreLimitedPerNetworkOverAllCarts() async throws {
        let mug = variant(2_000)
        try await withCarts([mug], couponLimits: limits) { carts, _ in
            var ids: [CartID] = []
            for _ in 0..<12 {
                let id = try await carts.create(currency: nil).value.id
                _ = try await carts.addLine(to: id, variant: mug.variant.id, quantity: 1)
                ids.append(id)
            }
            // Right codes do not count.
            for id in ids { _ = try await apply("WELCOME10", to: id, of: carts, network: "192.0.2.1") }
            let outcomes = await withTaskGroup(of: String.self) { group in
                for id in ids { group.addTask { await code { try await apply("NOPE", to: id, of: carts) } ?? "ok" } }
                return await group.reduce(into: [String: Int]()) { $0[$1, default: 0] += 1 }
            }
            #expect(outcomes == ["coupon_unknown": 5, "rate_limited": 7])
            #expect(await code { try await apply("NOPE", to: ids[0], of: carts, network: "other") } == "coupon_unknown")
        }
    }

    /// The keys contain no address, and no plain digest from which one could be found.
    @Test func networksAreStoredAsKeyedDigests() async throws {
        try await withCartsAndStore(of: FixedProducts([]), couponLimits: limits) { carts, _, database in
            let id = try await carts.create(currency: nil).value.id
            for network in ["192.0.2.1", "192.0.2.1", "198.51.100.1"] {
                _ = await code { try await apply("NOPE", to: id, of: carts, network: network) }
            }
            let keys = try await database.read { tx in
                try tx.query("SELECT key FROM key_values WHERE key LIKE 'coupons:network:%'").map {
                    try $0.string("key").dropFirst("coupons:network:".count)
                }
            }
            #expect(keys.count == 2)
            for key in keys {
                #expect(key.count == 32 && key.allSatisfy(\.isHexDigit))
                // printf 192.0.2.1 | sha256sum
                #expect(!key.hasPrefix("37fcff24bf62035b2b08020afc08b4fe"))
            }
        }
    }

    @Test func replicasWithTheSameKeyShareTheAllowanceOfANetwork() async throws {
        try await withCartsAndStore(of: FixedProducts([]), couponLimits: limits) { carts, time, database in
            let replica = try await cartService(
                of: FixedProducts([]), couponLimits: limits, time: time, database: database)
            for number in 0..<6 {
                let id = try await carts.create(currency: nil).value.id
                let refusal = await code { try await apply("NOPE", to: id, of: number % 2 == 0 ? carts : replica) }
                #expect(refusal == (number < 5 ? "coupon_unknown" : "rate_limited"))
            }
        }
    }

    @Test func withoutLimitsNothingIsCounted() async throws {
        try await withCarts(couponLimits: nil) { carts, _ in
            let id = try await carts.create(currency: nil).value.id
            for _ in 0..<100 { #expect(await code { try await apply("NOPE", to: id, of: carts) } == "coupon_unknown") }
        }
    }
}
