import Commerce
import ProductContract
import ServiceKit
import TestSupport
import Testing

/// Products of as many variants as there may be.
@Suite struct LargeProductTests {
    private static let most = ProductDraft.mostVariants

    private static func paint(
        _ handle: String = "paint", count: Int = most, stock: Int = 3, price: Int64 = 1_000
    ) -> ProductDraft {
        ProductDraft(
            handle: handle, title: handle, optionNames: ["Shade"],
            variants: (0..<count).map {
                .init(
                    sku: "\(handle)-\($0)", optionValues: ["Shade \($0)"], price: Money(price + Int64($0), .usd),
                    inventoryQuantity: stock)
            })
    }

    private func save(_ draft: ProductDraft, in shop: Shop) async throws -> SaveResult {
        try await CallContext(principal: .system("import")).run { try await shop.service.save(draft) }
    }

    @Test func oneIsImportedReadAndChanged() async throws {
        try await withShop { shop in
            var draft = Self.paint()
            #expect(try await save(draft, in: shop) == .created)
            let product = try await shop.service.product("paint")
            #expect(product.variants.count == Self.most && product.variantCount == Self.most)
            #expect(product.variants.map(\.sku) == draft.variants.map(\.sku))
            #expect(product.priceRange.max.amount == Int64(1_000 + Self.most - 1))
            #expect(try await save(draft, in: shop) == .unchanged)

            // Two shades change places, one is no longer made, all are counted anew.
            draft = Self.paint(stock: 7)
            draft.variants[0].optionValues = ["Shade 1"]
            draft.variants[1].optionValues = ["Shade 0"]
            draft.variants.removeLast()
            #expect(try await save(draft, in: shop) == .updated)
            let after = try await shop.service.product("paint")
            #expect(after.variants[..<2].map(\.id) == [product.variants[1].id, product.variants[0].id])
            #expect(after.variants[2...].map(\.id) == product.variants[2..<(Self.most - 1)].map(\.id))
            #expect(after.variants.allSatisfy { $0.inventoryQuantity == 7 })
            for variant in [after.variants[0], after.variants[700], after.variants[2_000]] {
                #expect(try await shop.ledger(variant.id) == 7)
            }
            let details = try await shop.service.variants(after.variants.prefix(3).map(\.id))
            #expect(details.map(\.variant) == Array(after.variants.prefix(3)))
        }
    }

    @Test func moreAreRefused() async throws {
        try await withShop { shop in
            let error = await refusal { _ = try await save(Self.paint(count: Self.most + 1), in: shop) }
            #expect(error?.kind == .invalid && error?.fields.map(\.field) == ["variants"])
            var long = Self.paint()
            for index in long.variants.indices {
                long.variants[index].optionValues[0] += String(repeating: "é", count: 240)
                long.variants[index].sku += String(repeating: "x", count: 90)
            }
            let tooLarge = await refusal { [long] in _ = try await save(long, in: shop) }
            #expect(tooLarge?.fields.map(\.code) == ["too_large"])
            var wrong = Self.paint()
            for index in wrong.variants.indices { wrong.variants[index].price = Money(-1, .usd) }
            let faults = await refusal { [wrong] in _ = try await save(wrong, in: shop) }
            #expect(faults?.fields.count == 100)
        }
    }

    /// A page holds ten thousand variants at the most.
    @Test func aPageOfThemGivesTheFirstOfEach() async throws {
        try await withShop { shop in
            for number in 0..<5 {
                _ = try await save(Self.paint("paint-\(number)", stock: number == 0 ? 0 : 3), in: shop)
            }
            let last = try await shop.service.product("paint-0").variants[Self.most - 1]
            try await asStaff {
                _ = try await shop.service.adjustStock(
                    StockAdjustment(variant: last.id, change: .set(1), reason: "found"))
            }
            try await shop.add("Brush")
            var query = ProductQuery()
            query.sort = .oldest
            let page = try await shop.service.products(query)
            #expect(page.items.map(\.variants.count) == [100, 100, 100, 100, 100, 1])
            #expect(page.items.map(\.variantCount) == [2_048, 2_048, 2_048, 2_048, 2_048, 1])
            #expect(Set(page.items.map(\.available)) == [true])
            #expect(page.items[0].variants.map(\.sku) == (0..<100).map { "paint-0-\($0)" })
            #expect(page.items[0].priceRange == .init(min: Money(1_000, .usd), max: Money(3_047, .usd)))
            query.limit = 4
            let shorter = try await shop.service.products(query)
            #expect(shorter.items.map(\.variants.count) == [2_048, 2_048, 2_048, 2_048])
        }
    }
}
