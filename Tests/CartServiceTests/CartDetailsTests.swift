import CartContract
import CartService
import Commerce
import OfferContract
import ProductContract
import ServiceKit
import TestSupport
import Testing

@Suite struct CartDetailsTests {
    let address = Address(
        name: "Ada", line1: "1 Main St", city: "Oakland", region: "CA", postalCode: "94601", country: "US")

    @Test func couponsAreAppliedRefusedAndRemoved() async throws {
        let mug = variant(2_000)
        try await withCarts([mug]) { carts, _ in
            let id = try await carts.create(currency: nil).value.id
            _ = try await carts.addLine(to: id, variant: mug.variant.id, quantity: 1)
            var cart = try await carts.applyCoupon("welcome10 ", to: id).value
            #expect(cart.coupons.map(\.code) == ["WELCOME10"])
            #expect(cart.totals.total.amount == 1_800)
            cart = try await carts.applyCoupon("WELCOME10", to: id).value
            #expect(cart.totals.total.amount == 1_800)
            #expect(await code { try await carts.applyCoupon("NOPE", to: id) } == "coupon_unknown")
            #expect(await code { try await carts.applyCoupon("BUNDLE", to: id) } == "coupon_not_applicable")
            cart = try await carts.removeCoupon("Welcome10", from: id)
            #expect(cart.coupons.isEmpty)
            #expect(cart.totals.total.amount == 2_000)
        }
    }

    @Test func theShippingAddressAndOptionDetermineTheTotal() async throws {
        let mug = variant(2_000)
        try await withCarts([mug]) { carts, _ in
            let id = try await carts.create(currency: nil).value.id
            _ = try await carts.addLine(to: id, variant: mug.variant.id, quantity: 1)
            #expect(try await carts.shippingOptions(for: id).map(\.id) == ["standard", "express"])
            let change = CartChange(email: " Ada@Example.com", shippingAddress: address, shippingOptionID: "standard")
            let cart = try await carts.update(id, change)
            #expect(cart.email == "ada@example.com")
            #expect(cart.shippingAddress == address)
            #expect(cart.billingAddress == nil)
            #expect(cart.shippingOption?.price.amount == 590)
            #expect(cart.totals.total.amount == 2_000 + 590 + 145)
        }
    }

    @Test func everyFaultOfAChangeIsNamed() async throws {
        try await withCarts { carts, _ in
            let id = try await carts.create(currency: nil).value.id
            var wrong = address
            wrong.line1 = " "
            wrong.country = "XX"
            let change = CartChange(email: "nobody", shippingAddress: wrong, billingAddress: wrong)
            #expect(
                await fields { try await carts.update(id, change) } == [
                    "email", "shipping_address.line1", "shipping_address.country", "billing_address.line1",
                    "billing_address.country",
                ])
            #expect(
                await code { try await carts.update(id, CartChange(shippingOptionID: "rocket")) }
                    == "shipping_option_unavailable")
        }
    }

    @Test func aRepeatedKeyChangesNothing() async throws {
        let mug = variant(2_000)
        try await withCarts([mug]) { carts, _ in
            let first = try await calling(key: "make") { try await carts.create(currency: nil) }
            let second = try await calling(key: "make") { try await carts.create(currency: nil) }
            #expect(!first.replayed && second.replayed)
            #expect(second.value.id == first.value.id)
            let id = first.value.id
            for replayed in [false, true] {
                let outcome = try await calling(key: "add") {
                    try await carts.addLine(to: id, variant: mug.variant.id, quantity: 1)
                }
                #expect(outcome.replayed == replayed)
                #expect(outcome.value.lines.map(\.quantity) == [1])
            }
            for key in ["make", "add"] {
                let reused = await code {
                    try await calling(key: key, hash: "other") {
                        key == "make"
                            ? try await carts.create(currency: nil)
                            : try await carts.addLine(to: id, variant: mug.variant.id, quantity: 2)
                    }
                }
                #expect(reused == "idempotency_key_reused")
            }
        }
    }

    /// The response is the cart as it is now.
    @Test func aRepeatedKeyChangesNothingAfterOtherChanges() async throws {
        let (mug, cup) = (variant(2_000), variant(500))
        try await withCarts([mug, cup]) { carts, _ in
            let id = try await carts.create(currency: nil).value.id
            func add(_ key: String) async throws -> Outcome<Cart> {
                try await calling(key: key) { try await carts.addLine(to: id, variant: mug.variant.id, quantity: 1) }
            }
            let first = try await add("first")
            for number in 0..<60 { _ = try await add("\(number)") }
            _ = try await carts.addLine(to: id, variant: cup.variant.id, quantity: 1)
            let again = try await add("first")
            #expect(again.replayed)
            #expect(again.value.lines.map(\.quantity) == [61, 1])
            #expect(again.value.lines.first?.id == first.value.lines.first?.id)
        }
    }

    @Test func clearedFieldsAreEmpty() async throws {
        try await withCarts { carts, _ in
            let id = try await carts.create(currency: nil).value.id
            _ = try await carts.update(
                id, CartChange(email: "ada@example.com", shippingAddress: address, billingAddress: address))
            let cart = try await carts.update(id, CartChange(cleared: [.email, .billingAddress]))
            #expect(cart.email == nil && cart.billingAddress == nil)
            #expect(cart.shippingAddress == address)
        }
    }

    @Test func aFailedAttemptDoesNotUseUpItsKey() async throws {
        let mug = variant(2_000)
        try await withCarts([mug]) { carts, _ in
            let id = try await carts.create(currency: nil).value.id
            let refused = await code { try await calling(key: "k") { try await carts.applyCoupon("NOPE", to: id) } }
            #expect(refused == "coupon_unknown")
            _ = try await carts.addLine(to: id, variant: mug.variant.id, quantity: 1)
            let outcome = try await calling(key: "k") { try await carts.applyCoupon("WELCOME10", to: id) }
            #expect(!outcome.replayed)
        }
    }

    @Test func concurrentCreationsWithOneKeyCreateOneCart() async throws {
        try await withCarts { carts, _ in
            let ids = try await withThrowingTaskGroup(of: CartID.self) { group in
                for _ in 0..<10 {
                    group.addTask { try await calling(key: "same") { try await carts.create(currency: nil).value.id } }
                }
                return try await group.reduce(into: Set()) { $0.insert($1) }
            }
            #expect(ids.count == 1)
        }
    }
}
