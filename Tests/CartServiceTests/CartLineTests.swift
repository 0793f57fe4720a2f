import CartContract
import CartService
import Commerce
import OfferContract
import ProductContract
import ServiceKit
import TestSupport
import Testing

@Suite struct CartLineTests {
    @Test func linesAreAddedMergedChangedAndRemoved() async throws {
        let (mug, pot) = (variant(2_400), variant(1_900))
        try await withCarts([mug, pot]) { carts, _ in
            let id = try await carts.create(currency: nil).value.id
            _ = try await carts.addLine(to: id, variant: mug.variant.id, quantity: 1)
            _ = try await carts.addLine(to: id, variant: pot.variant.id, quantity: 1)
            var cart = try await carts.addLine(to: id, variant: mug.variant.id, quantity: 2).value
            #expect(cart.lines.map(\.quantity) == [3, 1])
            #expect(cart.lines[0].unitPrice == Money(2_400, .usd))
            #expect(cart.totals.subtotal.amount == 9_100)
            cart = try await carts.changeLine(cart.lines[0].id, of: id, quantity: 1)
            #expect(cart.totals.total.amount == 4_300)
            cart = try await carts.removeLine(cart.lines[0].id, of: id)
            #expect(cart.lines.map(\.variantID) == [pot.variant.id])
            #expect(try await carts.cart(id) == cart)
            #expect(await code { try await carts.removeLine(LineID(), of: id) } == "line_not_found")
        }
    }

    @Test func concurrentAdditionsLoseNothing() async throws {
        let variants = (0..<50).map { variant(Int64($0) + 1) }
        try await withCarts(variants) { carts, _ in
            let id = try await carts.create(currency: nil).value.id
            try await withThrowingTaskGroup(of: Void.self) { group in
                for detail in variants {
                    group.addTask { try await add(detail.variant.id, to: id, of: carts) }
                }
                try await group.waitForAll()
            }
            let cart = try await carts.cart(id)
            #expect(Set(cart.lines.map(\.variantID)) == Set(variants.map(\.variant.id)))
            #expect(cart.lines.count == 50)
        }
    }

    /// Repeats as clients do on `busy`.
    private func add(_ variant: VariantID, to id: CartID, of carts: CartService) async throws {
        while await code({ try await carts.addLine(to: id, variant: variant, quantity: 1) }) == "busy" {}
    }

    @Test func limitsAreEnforced() async throws {
        let variants = (0..<101).map { _ in variant() }
        try await withCarts(variants) { carts, _ in
            let id = try await carts.create(currency: nil).value.id
            for quantity in [0, -1, 1_000] {
                #expect(
                    await fields {
                        try await carts.addLine(to: id, variant: variants[0].variant.id, quantity: quantity)
                    }
                        == ["quantity"])
            }
            for detail in variants.prefix(100) {
                _ = try await carts.addLine(to: id, variant: detail.variant.id, quantity: 1)
            }
            #expect(
                await code { try await carts.addLine(to: id, variant: variants[100].variant.id, quantity: 1) }
                    == "too_many_lines")
            #expect(
                await fields { try await carts.addLine(to: id, variant: variants[0].variant.id, quantity: 999) }
                    == ["quantity"])
            let cart = try await carts.cart(id)
            #expect(cart.lines.map(\.quantity) == Array(repeating: 1, count: 100))
        }
    }

    @Test func onlyVariantsForSaleCanBeAdded() async throws {
        let (draft, foreign) = (variant(published: false), variant(currency: .eur))
        try await withCarts([draft, foreign]) { carts, _ in
            let id = try await carts.create(currency: "usd").value.id
            for missing in [draft.variant.id, VariantID()] {
                #expect(
                    await code { try await carts.addLine(to: id, variant: missing, quantity: 1) } == "variant_not_found"
                )
            }
            #expect(
                await code { try await carts.addLine(to: id, variant: foreign.variant.id, quantity: 1) }
                    == "currency_mismatch")
            #expect(await fields { try await carts.create(currency: "XYZ") } == ["currency"])
        }
    }

    @Test func quantitiesAreLimitedByStock() async throws {
        let scarce = variant(stock: 3)
        try await withCarts([scarce]) { carts, _ in
            let id = try await carts.create(currency: nil).value.id
            let cart = try await carts.addLine(to: id, variant: scarce.variant.id, quantity: 2).value
            #expect(
                await code { try await carts.addLine(to: id, variant: scarce.variant.id, quantity: 2) }
                    == "out_of_stock")
            #expect(await code { try await carts.changeLine(cart.lines[0].id, of: id, quantity: 4) } == "out_of_stock")
            #expect(try await carts.changeLine(cart.lines[0].id, of: id, quantity: 3).lines[0].available)
        }
    }

    @Test func anUnusedCartExpiresAfterThirtyDays() async throws {
        try await withCarts { carts, time in
            let id = try await carts.create(currency: nil).value.id
            time.advance(by: .seconds(29 * 86_400))
            #expect(try await carts.cart(id).id == id)
            time.advance(by: .seconds(31 * 86_400))
            #expect(await code { try await carts.cart(id) } == "cart_not_found")
        }
    }
}
