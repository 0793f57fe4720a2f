import Commerce
import ProductContract
import ServiceKit
import TestSupport
import Testing

/// The plain texts of products and variants, such as product types and barcodes.
@Suite struct TextTests {
    private static let mug = {
        var draft = ProductDraft.mug()
        draft.texts = [.vendor: "Kiln", .productType: " Mug "]
        draft.variants[0].texts[.barcode] = " 4006381333931 "
        return draft
    }()

    private func change(_ name: String, in shop: Shop, _ edit: (inout ProductChange) -> Void) async throws -> Product {
        var change = ProductChange()
        edit(&change)
        return try await asStaff { [change] in try await shop.service.update(name, change) }
    }

    @Test func theyAreStoredChangedAndTakenAway() async throws {
        try await withShop { shop in
            let created = try await asStaff { try await shop.service.create(Self.mug).value }
            #expect(created.texts == [.vendor: "Kiln", .productType: "Mug"])
            #expect(created.variants.map { $0.texts[.barcode] } == ["4006381333931", nil])
            #expect(try await shop.service.product("mug") == created)

            let ids = created.variants.map(\.id)
            let renamed = try await change("mug", in: shop) {
                $0.texts = [.productType: "Cup"]
                $0.variants = [.init(id: ids[1], texts: [.barcode: "A-1"])]
            }
            #expect(renamed.texts == [.vendor: "Kiln", .productType: "Cup"])
            #expect(renamed.variants.map { $0.texts[.barcode] } == ["4006381333931", "A-1"])
            #expect(renamed.variants.map(\.sku) == ["MUG-R", "MUG-B"])

            let cleared = try await change("mug", in: shop) {
                $0.texts = [.vendor: "", .productType: ""]
                $0.variants = [.init(id: ids[0], texts: [.barcode: "", .sku: ""])]
            }
            #expect(cleared.texts == [:])
            #expect(cleared.variants.map(\.texts) == [[:], [.sku: "MUG-B", .barcode: "A-1"]])
        }
    }

    @Test(arguments: ["4006381 333931", "ä", "1/2", String(repeating: "1", count: 65)])
    func aBarcodeIsDigitsLettersAndDashes(_ barcode: String) async throws {
        try await withShop { shop in
            var draft = ProductDraft.mug()
            draft.variants[1].texts[.barcode] = barcode
            let error = await refusal { [draft] in _ = try await asStaff { try await shop.service.create(draft) } }
            #expect(error?.fields.map(\.field) == ["variants[1].barcode"])
        }
    }

    @Test func aProductTypeHasALimit() async throws {
        try await withShop { shop in
            var draft = ProductDraft.mug()
            draft.texts[.productType] = String(repeating: "x", count: 201)
            let error = await refusal { [draft] in _ = try await asStaff { try await shop.service.create(draft) } }
            #expect(error?.fields.map(\.field) == ["product_type"])
        }
    }

    @Test func listsAreFilteredByThemAndCountThem() async throws {
        try await withShop { shop in
            for (title, type) in [("Mug", "Cup"), ("Beaker", "Cup"), ("Bowl", "Dish"), ("Lamp", "")] {
                var draft = ProductDraft.simple(title)
                draft.texts = [.vendor: "Kiln", .productType: type]
                _ = try await asStaff { [draft] in try await shop.service.create(draft) }
            }
            #expect(try await shop.titles { $0.texts = [.productType: "Cup"] } == ["Beaker", "Mug"])
            #expect(try await shop.titles { $0.texts = [.productType: "Cup", .vendor: "Ash"] } == [])
            var query = ProductQuery()
            query.vendor = "Kiln"
            let facets = try #require(try await shop.service.products(query).facets)
            #expect(facets.texts[.productType] == [.init(value: "Cup", count: 2), .init(value: "Dish", count: 1)])
            #expect(facets.texts[.vendor] == [.init(value: "Kiln", count: 4)])
        }
    }

    @Test func searchesFindThem() async throws {
        try await withShop { shop in
            _ = try await asStaff { try await shop.service.create(Self.mug).value }
            try await shop.add("Bowl")
            #expect(try await shop.titles { $0.text = "4006381333931" } == ["Mug"])
            #expect(try await shop.titles { $0.text = "4006381333932" } == [])
            #expect(try await shop.titles { $0.text = "kiln" } == ["Mug"])
        }
    }

    @Test func anImportWritesThem() async throws {
        try await withShop { shop in
            let results = try await asStaff {
                var empty = Self.mug
                empty.texts[.productType] = nil
                empty.variants[0].texts[.barcode] = nil
                return [
                    try await shop.service.save(empty), try await shop.service.save(Self.mug),
                    try await shop.service.save(Self.mug),
                ]
            }
            #expect(results == [.created, .updated, .unchanged])
            let product = try await shop.service.product("mug")
            #expect(product.texts[.productType] == "Mug")
            #expect(product.variants[0].texts == [.sku: "MUG-R", .barcode: "4006381333931"])
        }
    }
}
