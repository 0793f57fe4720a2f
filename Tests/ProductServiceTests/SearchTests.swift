import Calls
import Commerce
import ProductContract
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
