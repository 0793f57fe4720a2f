import Commerce
import ProductContract
import ServiceKit
import TestSupport
import Testing

@Suite struct SaveTests {
    private func save(_ draft: ProductDraft, in shop: Shop) async throws -> SaveResult {
        try await CallContext(principal: .system("import")).run { try await shop.service.save(draft) }
    }

    /// The ledger accounts for every unit on hand.
    private func expectLedger(of variants: [VariantID], in shop: Shop) async throws {
        for variant in variants {
            let level = try await shop.level(variant)
            #expect(try await shop.ledger(variant) == level?.onHand)
        }
    }

    @Test func theSameContentChangesNothingEvenAfterSales() async throws {
        try await withShop { shop in
            #expect(try await save(.mug(), in: shop) == .created)
            let red = try await shop.service.product("mug").firstVariant
            let order = OrderID()
            try await shop.reserve(order, [(red, 2)])
            try await shop.service.commitReservation(for: order)
            let before = try await shop.service.product("mug")
            #expect(try await save(.mug(), in: shop) == .unchanged)
            #expect(try await shop.service.product("mug") == before)
            #expect(try await shop.level(red)?.onHand == 3)
        }
    }

    /// A corrected file with the same quantity does not undo sales and counts since the import.
    @Test func aRepeatedQuantityChangesNoStock() async throws {
        try await withShop { shop in
            var draft = ProductDraft.mug()
            _ = try await save(draft, in: shop)
            let variants = try await shop.service.product("mug").variants.map(\.id)
            let order = OrderID()
            try await shop.reserve(order, [(variants[0], 2)])
            try await shop.service.commitReservation(for: order)
            draft.title = "A better mug"
            #expect(try await save(draft, in: shop) == .updated)
            #expect(try await shop.level(variants[0])?.onHand == 3)
            draft.title = "The best mug"
            draft.variants[1].inventoryQuantity = 70
            #expect(try await save(draft, in: shop) == .updated)
            #expect(try await shop.level(variants[0])?.onHand == 3)
            #expect(try await shop.level(variants[1])?.onHand == 70)
            try await expectLedger(of: variants, in: shop)
        }
    }

    @Test func aVariantThatComesBackGetsTheQuantityOfTheFile() async throws {
        try await withShop { shop in
            _ = try await save(.mug(), in: shop)
            let red = try await shop.service.product("mug").firstVariant
            let order = OrderID()
            try await shop.reserve(order, [(red, 5)])
            try await shop.service.commitReservation(for: order)
            var blue = ProductDraft.mug()
            blue.variants.removeFirst()
            #expect(try await save(blue, in: shop) == .updated)
            #expect(try await save(.mug(), in: shop) == .updated)
            #expect(try await shop.level(red)?.onHand == 5)
        }
    }

    /// Less than is reserved cannot be on hand; when the reservations are gone the file counts.
    @Test func aQuantityThatCouldNotBeSetIsSetNextTime() async throws {
        try await withShop { shop in
            var draft = ProductDraft.mug()
            _ = try await save(draft, in: shop)
            let (red, order) = (try await shop.service.product("mug").firstVariant, OrderID())
            try await shop.reserve(order, [(red, 4)])
            draft.variants[0].inventoryQuantity = 1
            #expect(try await save(draft, in: shop) == .updated)
            #expect(try await shop.level(red)?.onHand == 4)
            try await shop.service.releaseReservation(for: order)
            draft.title = "A better mug"
            #expect(try await save(draft, in: shop) == .updated)
            #expect(try await shop.level(red)?.onHand == 1)
        }
    }

    @Test func newContentSetsWhatIsOnHandButKeepsReservedUnits() async throws {
        try await withShop { shop in
            _ = try await save(.mug(), in: shop)
            let variants = try await shop.service.product("mug").variants.map(\.id)
            try await shop.reserve(OrderID(), [(variants[0], 4)])
            var draft = ProductDraft.mug()
            draft.variants[0].inventoryQuantity = 1
            draft.variants[1].inventoryQuantity = 70
            #expect(try await save(draft, in: shop) == .updated)
            #expect(try await shop.level(variants[0])?.onHand == 4)
            #expect(try await shop.level(variants[1])?.onHand == 70)
            try await expectLedger(of: variants, in: shop)
        }
    }

    @Test func variantsAreMatchedByOptionsThenBySKU() async throws {
        try await withShop { shop in
            _ = try await save(.mug(), in: shop)
            let before = try await shop.service.product("mug").variants
            var draft = ProductDraft.mug()
            draft.variants = [
                ProductDraft.Variant(sku: "MUG-R", optionValues: ["Blue"], price: Money(1, .usd), inventoryQuantity: 7),
                ProductDraft.Variant(sku: "MUG-B", optionValues: ["Red"], price: Money(2, .usd), inventoryQuantity: 5),
            ]
            #expect(try await save(draft, in: shop) == .updated)
            let swapped = try await shop.service.product("mug").variants
            #expect(swapped.map(\.id) == [before[1].id, before[0].id])
            draft.variants[0].optionValues = ["Navy"]
            #expect(try await save(draft, in: shop) == .updated)
            #expect(try await shop.service.product("mug").variants.map(\.id) == swapped.map(\.id))
        }
    }

    @Test func aVariantThatGoesCanComeBack() async throws {
        try await withShop { shop in
            _ = try await save(.mug(), in: shop)
            let before = try await shop.service.product("mug").variants.map(\.id)
            var draft = ProductDraft.mug()
            draft.variants.removeFirst()
            #expect(try await save(draft, in: shop) == .updated)
            #expect(try await shop.service.product("mug").variants.map(\.id) == [before[1]])
            #expect(try await shop.service.variants(before).map(\.variant.id) == [before[1]])
            #expect(await refusal { try await shop.reserve(OrderID(), [(before[0], 1)]) }?.code == "variant_not_found")
            #expect(try await save(.mug(), in: shop) == .updated)
            #expect(try await shop.service.product("mug").variants.map(\.id) == before)
        }
    }

    @Test func aCompareAtPriceThatIsNoReductionIsDropped() async throws {
        try await withShop { shop in
            var draft = ProductDraft.mug()
            draft.variants[0].compareAtPrice = Money(1_200, .usd)
            #expect(try await save(draft, in: shop) == .created)
            let variants = try await shop.service.product("mug").variants
            #expect(variants[0].compareAtPrice == nil)
        }
    }
}
