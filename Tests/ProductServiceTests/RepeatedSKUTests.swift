import Commerce
import ProductContract
import ServiceKit
import TestSupport
import Testing

/// Imports keep SKUs that repeat; staff do not make new ones.
@Suite struct RepeatedSKUTests {
    private func save(_ draft: ProductDraft, in shop: Shop) async throws -> SaveResult {
        try await CallContext(principal: .system("import")).run { try await shop.service.save(draft) }
    }

    /// In these colours, each with a SKU and what is on hand.
    private func scarf(_ variants: [(colour: String, sku: String, stock: Int)]) -> ProductDraft {
        ProductDraft(
            handle: "scarf", title: "Scarf", optionNames: ["Colour"],
            variants: variants.map {
                .init(
                    sku: $0.sku, optionValues: [$0.colour], price: Money(1_000, .usd), inventoryQuantity: $0.stock)
            })
    }

    private func plain(_ handle: String, sku: String, stock: Int = 5) -> ProductDraft {
        ProductDraft(
            handle: handle, title: handle.uppercased(),
            variants: [.init(sku: sku, optionValues: [], price: Money(1_000, .usd), inventoryQuantity: stock)])
    }

    @Test func anImportKeepsThem() async throws {
        try await withShop { shop in
            let draft = scarf([("Red", "GEN", 1), ("Blue", "GEN", 2), ("Green", "GEN", 3)])
            #expect(try await save(draft, in: shop) == .created)
            #expect(try await save(plain("hat", sku: "GEN", stock: 4), in: shop) == .created)
            let before = try await shop.service.product("scarf")
            #expect(before.variants.map(\.sku) == ["GEN", "GEN", "GEN"])
            #expect(before.variants.map(\.inventoryQuantity) == [1, 2, 3])
            #expect(try await shop.service.product("hat").variants.map(\.inventoryQuantity) == [4])
            #expect(try await save(draft, in: shop) == .unchanged)
            #expect(try await save(plain("hat", sku: "GEN", stock: 4), in: shop) == .unchanged)
            #expect(try await shop.service.product("scarf") == before)
        }
    }

    /// A SKU that several variants have names none of them.
    @Test func onlyASKUOfOneVariantMatches() async throws {
        try await withShop { shop in
            let draft = scarf([("Red", "GEN", 1), ("Blue", "GEN", 2), ("Green", "OWN", 3)])
            _ = try await save(draft, in: shop)
            let before = try await shop.service.product("scarf").variants
            let renamed = scarf([("Crimson", "GEN", 7), ("Blue", "GEN", 2), ("Olive", "OWN", 3)])
            #expect(try await save(renamed, in: shop) == .updated)
            let after = try await shop.service.product("scarf").variants
            #expect(after.map(\.title) == ["Crimson", "Blue", "Olive"])
            #expect(after.map(\.inventoryQuantity) == [7, 2, 3])
            #expect(after[0].id != before[0].id && after[1].id == before[1].id && after[2].id == before[2].id)
            #expect(try await save(draft, in: shop) == .updated)
            #expect(try await shop.service.product("scarf").variants.map(\.id) == before.map(\.id))
        }
    }

    @Test func productsExchangeThemInOneImport() async throws {
        try await withShop { shop in
            let skus = ["A", "B", "C"]
            for (index, sku) in skus.enumerated() { _ = try await save(plain("e\(index)", sku: sku), in: shop) }
            let sold = try await shop.service.product("e0").firstVariant
            let order = OrderID()
            try await shop.reserve(order, [(sold, 2)])
            try await shop.service.commitReservation(for: order)
            for index in skus.indices {
                #expect(try await save(plain("e\(index)", sku: skus[(index + 1) % 3]), in: shop) == .updated)
            }
            for index in skus.indices {
                let product = try await shop.service.product("e\(index)")
                #expect(product.variants.map(\.sku) == [skus[(index + 1) % 3]])
                #expect(product.variants.map(\.inventoryQuantity) == [index == 0 ? 3 : 5])
            }
            #expect(try await shop.service.product("e0").firstVariant == sold)
        }
    }

    @Test func variantsOfOneProductExchangeThem() async throws {
        try await withShop { shop in
            _ = try await save(scarf([("Red", "A", 1), ("Blue", "B", 2)]), in: shop)
            let before = try await shop.service.product("scarf").variants
            #expect(try await save(scarf([("Red", "B", 1), ("Blue", "A", 2)]), in: shop) == .updated)
            let after = try await shop.service.product("scarf").variants
            #expect(after.map(\.id) == before.map(\.id) && after.map(\.sku) == ["B", "A"])
            #expect(after.map(\.inventoryQuantity) == [1, 2])
            var change = ProductChange()
            change.variants = [.init(id: before[0].id, sku: "A"), .init(id: before[1].id, sku: "B")]
            let back = try await asStaff { [change] in try await shop.service.update("scarf", change) }
            #expect(back.variants.map(\.sku) == ["A", "B"])
        }
    }

    @Test func staffAreRefusedWhatIsTaken() async throws {
        try await withShop { shop in
            _ = try await save(scarf([("Red", "GEN", 1), ("Blue", "GEN", 2), ("Green", "OWN", 3)]), in: shop)
            let scarf = try await shop.service.product("scarf")
            let hat = try await shop.add("Hat", sku: "HAT")
            let created = await refusal { try await shop.add("Cap", sku: "GEN") }
            #expect(created?.kind == .conflict && created?.code == "sku_taken")
            func refused(_ product: Product, _ variants: [ProductChange.VariantChange]) async -> ServiceError? {
                var change = ProductChange()
                change.variants = variants
                return await refusal { [change] in
                    _ = try await asStaff { try await shop.service.update(product.handle, change) }
                }
            }
            let taken = await refused(
                scarf, [.init(id: scarf.variants[0].id), .init(id: scarf.variants[2].id, sku: "HAT")])
            #expect(taken?.code == "sku_taken" && taken?.fields.map(\.field) == ["variants[1].sku"])
            let repeated = await refused(scarf, [.init(id: scarf.variants[2].id, sku: "GEN")])
            #expect(repeated?.kind == .invalid && repeated?.fields.map(\.field) == ["variants[0].sku"])
            #expect(await refused(hat, [.init(id: hat.firstVariant, sku: "OWN")])?.code == "sku_taken")
            // What an import left repeated can be changed otherwise, and mended.
            #expect(await refused(scarf, [.init(id: scarf.variants[0].id, price: Money(1, .usd))]) == nil)
            #expect(await refused(scarf, [.init(id: scarf.variants[0].id, sku: "RED")]) == nil)
        }
    }
}
