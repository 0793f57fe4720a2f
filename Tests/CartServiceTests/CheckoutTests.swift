import AuthContract
import CartContract
import CartService
import Commerce
import OfferContract
import ProductContract
import SQL
import ServiceKit
import TestSupport
import Testing

@Suite struct CheckoutTests {
    let mug = variant(2_000)
    let order = OrderID()
    let other = OrderID()

    private func withFilledCart(_ body: (CartService, CartID, TestClock) async throws -> Void) async throws {
        try await withCarts([mug]) { carts, time in
            let id = try await carts.create(currency: nil).value.id
            _ = try await carts.addLine(to: id, variant: mug.variant.id, quantity: 2)
            try await body(carts, id, time)
        }
    }

    private func addMore(_ carts: CartService, _ id: CartID) async -> String? {
        await code { try await carts.addLine(to: id, variant: mug.variant.id, quantity: 1) }
    }

    @Test func aLockedCartIsReadableAndRefusesChanges() async throws {
        try await withFilledCart { carts, id, _ in
            let locked = try await carts.lock(id, for: order)
            #expect(locked.lines.map(\.quantity) == [2])
            #expect(locked.lastShownTotal == Money(4_000, .usd))
            #expect(try await carts.lock(id, for: order) == locked)
            #expect(await addMore(carts, id) == "checkout_in_progress")
            #expect(await code { try await carts.lock(id, for: other) } == "checkout_in_progress")
            #expect(try await carts.cart(id).totals.total.amount == 4_000)
            try await carts.unlock(id, from: other)
            #expect(await addMore(carts, id) == "checkout_in_progress")
            #expect(try await carts.cart(id).orderID == nil)
            try await carts.unlock(id, from: order)
            #expect(await addMore(carts, id) == nil)
        }
    }

    /// During an update several versions share the store.
    @Test func theLockIsStoredUnderTheNameOfEarlierVersions() async throws {
        try await withCartsAndStore(of: FixedProducts([mug])) { carts, _, database in
            let id = try await carts.create(currency: nil).value.id
            _ = try await carts.lock(id, for: order)
            let stored = try await database.read { tx in
                try tx.first("SELECT value FROM key_values WHERE key = \("cart:\(id)")")?.blob("value") ?? []
            }
            #expect(String(decoding: stored, as: UTF8.self).contains(#""freeze":{"#))
            #expect(await addMore(carts, id) == "checkout_in_progress")
        }
    }

    @Test func theLockOfACrashedCheckoutExpiresAfterTenMinutes() async throws {
        try await withFilledCart { carts, id, time in
            _ = try await carts.lock(id, for: order)
            time.advance(by: .seconds(601))
            _ = try await carts.lock(id, for: other)
            try await carts.unlock(id, from: order)
            #expect(await code { try await carts.lock(id, for: order) } == "checkout_in_progress")
        }
    }

    @Test func aCompletedCartRefusesChanges() async throws {
        try await withFilledCart { carts, id, _ in
            _ = try await carts.lock(id, for: order)
            for _ in 0..<2 { try await carts.complete(id, as: order) }
            #expect(await addMore(carts, id) == "cart_completed")
            #expect(await code { try await carts.lock(id, for: other) } == "cart_completed")
            let cart = try await carts.cart(id)
            #expect(cart.lines.count == 1 && cart.orderID == order)
            try await carts.unlock(id, from: order)
            #expect(await addMore(carts, id) == "cart_completed")
        }
    }

    @Test func theShownTotalIsOneThatTheCustomerSaw() async throws {
        try await withCarts([mug]) { carts, _ in
            let ada = Principal.customer(CustomerID())
            let id = try await calling(as: ada) { try await carts.create(currency: nil).value.id }
            _ = try await calling(as: .system("test")) {
                try await carts.addLine(to: id, variant: mug.variant.id, quantity: 1)
            }
            let before = try await calling(as: ada) { try await carts.lock(id, for: order) }
            #expect(before.lastShownTotal == Money(0, .usd))
            try await calling(as: ada) { try await carts.unlock(id, from: order) }
            _ = try await calling(as: ada) { try await carts.cart(id) }
            let after = try await calling(as: ada) { try await carts.lock(id, for: order) }
            #expect(after.lastShownTotal == Money(2_000, .usd))
        }
    }

    /// Staff who read a guest's cart consent to nothing for the guest.
    @Test func aTotalShownToStaffIsNotShownToTheGuest() async throws {
        try await withCarts([mug]) { carts, _ in
            let id = try await carts.create(currency: nil).value.id
            _ = try await calling(as: .system("test")) {
                try await carts.addLine(to: id, variant: mug.variant.id, quantity: 1)
            }
            let clerk = Principal.staff(CustomerID(), permissions: [.ordersRead])
            _ = try await calling(as: clerk) { try await carts.cart(id) }
            let locked = try await carts.lock(id, for: order)
            #expect(locked.lastShownTotal == Money(0, .usd))
        }
    }
}
