import Commerce
import Logging
import ProductContract
import ProductService
import SQL
import ServiceKit
import TestSupport
import Testing

@Suite struct SearchTests {
    @Test func theTitleCountsMost() async throws {
        try await withShop { shop in
            try await shop.add("Tea towel", description: "<p>Dries every mug, kettle and pan</p>")
            try await shop.add("Stoneware mug")
            try await shop.add("Coaster", tags: ["mug"])
            #expect(try await shop.titles { $0.text = "mug" } == ["Stoneware mug", "Coaster", "Tea towel"])
        }
    }

    @Test(arguments: [
        ("stone", ["Stoneware Mug"]), ("STONEWARE mu", ["Stoneware Mug"]), ("mugs", ["Stoneware Mug"]),
        ("cafe", ["Café bowl"]), ("Café", ["Café bowl"]), ("MAG-1 0X", ["Stoneware Mug"]),
        ("pottery", ["Stoneware Mug"]),
        ("kitch", ["Stoneware Mug"]), ("glazed", ["Café bowl"]), ("mug bowl", []), ("strong", []), ("水杯", []),
    ]) func finds(_ text: String, _ titles: [String]) async throws {
        try await withShop { shop in
            try await shop.add(
                "Stoneware Mug", vendor: "Magpie Pottery", category: "Kitchen", sku: "MAG-1-0XL")
            try await shop.add("Café bowl", description: "<strong>Glazed</strong>")
            #expect(try await shop.titles { $0.text = text } == titles)
        }
    }

    @Test(arguments: ["red", "RED mug", "blue mug", "mug bl", "rojo"]) func findsOptionValues(_ text: String)
        async throws
    {
        try await withShop { shop in
            var mug = ProductDraft.mug()
            mug.variants.append(
                .init(sku: "MUG-J", optionValues: ["Rojo"], price: Money(1_200, .usd), inventoryQuantity: 1))
            try await asStaff { [mug] in _ = try await shop.service.create(mug) }
            try await shop.add("Plate")
            #expect(try await shop.titles { $0.text = text } == ["Mug"])
            mug.variants = [
                .init(sku: "MUG-G", optionValues: ["Grey"], price: Money(1_200, .usd), inventoryQuantity: 1)
            ]
            try await asStaff { [mug] in _ = try await shop.service.save(mug) }
            #expect(try await shop.titles { $0.text = text } == [])
            #expect(try await shop.titles { $0.text = "grey" } == ["Mug"])
        }
    }

    /// A catalogue of before option values were indexed: it is searched as it was until its entries are written anew.
    @Test func oldEntriesAreWrittenAnew() async throws {
        let old = ProductService.migrations.prefix { $0.id != "products-to-index" }
        try await withDatabase(Array(old)) { database in
            try await database.write { tx in
                let variant = VariantID()
                let entry =
                    tx.dialect == .sqlite
                    ? "INSERT INTO product_search (rowid, title) VALUES (1, 'Mug');"
                    : "INSERT INTO product_search (number, document) VALUES (1, to_tsvector('simple', 'mug'));"
                try tx.run(
                    unsafeScript: """
                        INSERT INTO products (number, id, handle, title, title_key, description_html, vendor, images,
                            option_names, seo_title, seo_description, status, price_min, version, created_at, updated_at)
                        VALUES (1, '\(ProductID())', 'mug', 'Mug', 'mug', '', '', '[]', 'Colour', '', '', 'published',
                            1200, 1, 0, 0);
                        INSERT INTO variants (id, product_number, position, sku, option_values, currency, price)
                        VALUES ('\(variant)', 1, 0, '', 'Red', 'USD', 1200);
                        INSERT INTO stock (variant_id, tracked, on_hand, reserved) VALUES ('\(variant)', 1, 5, 0);
                        \(entry)
                        """)
            }
            try await database.migrate(ProductService.migrations)
            try await withEventLog { log in
                let service = ProductService(database: database, log: log, logger: Logger(label: "test"))
                let before = try await titles(of: service, "mug")
                let (first, then) = (try await service.indexOutdated(), try await service.indexOutdated())
                #expect(before == ["Mug"] && first == 1 && then == 0)
                #expect(try await titles(of: service, "red mug") == ["Mug"])
            }
        }
    }

    private func titles(of service: ProductService, _ text: String) async throws -> [String] {
        var query = ProductQuery()
        query.text = text
        return try await service.products(query).items.map(\.title)
    }

    @Test(arguments: [
        "\"", "'; DROP TABLE products;--", "a AND", "NEAR(", "title:mug", "*", "-mug", "(", "mug\"*", "\u{0}", "^mug",
        "{a b}: c",
        "💥", "e\u{301}", "\u{301}", "\u{D4E}\"", "mug\u{D4E}\" OR \"",
    ]) func takesAnyText(_ text: String) async throws {
        try await withShop { shop in
            try await shop.add("Mug")
            _ = try await shop.titles { $0.text = text }
            #expect(try await shop.titles { $0.text = "mug" } == ["Mug"])
        }
    }

    @Test func followsChanges() async throws {
        try await withShop { shop in
            let product = try await shop.add("Mug")
            try await asStaff {
                var change = ProductChange()
                change.title = "Beaker"
                _ = try await shop.service.update(product.id.rawValue, change)
            }
            #expect(try await shop.titles { $0.text = "mug" } == [])
            #expect(try await shop.titles { $0.text = "beaker" } == ["Beaker"])
            try await asStaff { try await shop.service.archive(product.handle) }
            #expect(try await shop.titles { $0.text = "beaker" } == [])
        }
    }

    @Test func pagesByRelevanceHoldTheirPlaceWhileProductsAreAdded() async throws {
        try await withShop { shop in
            for number in 1...9 { try await shop.add("Mug \(number) " + String(repeating: "of clay ", count: number)) }
            var query = ProductQuery()
            query.text = "mug"
            query.limit = 4
            var seen: [String] = []
            repeat {
                let page = try await shop.service.products(query)
                seen += page.items.map(\.title).filter { !$0.hasPrefix("New") }
                query.cursor = page.nextCursor
                try await shop.add("New lamp \(seen.count)")
            } while query.cursor != nil
            #expect(seen.count == 9)
            #expect(Set(seen).count == 9)
        }
    }

    @Test func tooLongATextIsRefused() async throws {
        try await withShop { shop in
            let error = await refusal { _ = try await shop.titles { $0.text = String(repeating: "a", count: 201) } }
            #expect(error?.fields.first?.field == "q")
        }
    }
}
