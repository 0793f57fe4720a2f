import Commerce
import ProductContract
import ServiceKit
import TestSupport
import Testing

@Suite struct ListTests {
    @Test(arguments: [
        (ProductQuery.Sort.newest, ["C", "B", "A"]), (.oldest, ["A", "B", "C"]), (.priceUp, ["B", "C", "A"]),
        (.priceDown, ["A", "C", "B"]), (.title, ["A", "B", "C"]), (.titleDown, ["C", "B", "A"]),
    ]) func sortsAndPages(_ sort: ProductQuery.Sort, _ expected: [String]) async throws {
        try await withShop { shop in
            for (title, price) in [("A", Int64(3_000)), ("B", 1_000), ("C", 2_000)] {
                try await shop.add(title, price: price)
                shop.time.advance(by: .seconds(1))
            }
            var query = ProductQuery()
            query.sort = sort
            query.limit = 1
            query.wantsCount = true
            var titles: [String] = []
            repeat {
                let page = try await shop.service.products(query)
                #expect(page.count == 3)
                titles += page.items.map(\.title)
                query.cursor = page.nextCursor
            } while query.cursor != nil
            #expect(titles == expected)
        }
    }

    @Test func aPageStaysWhereItWasWhileProductsAreAdded() async throws {
        try await withShop { shop in
            for title in ["A", "B", "C", "D"] { try await shop.add(title) }
            var query = ProductQuery()
            query.limit = 2
            let first = try await shop.service.products(query)
            try await shop.add("E")
            query.cursor = first.nextCursor
            let second = try await shop.service.products(query)
            #expect(first.items.map(\.title) == ["D", "C"])
            #expect(second.items.map(\.title) == ["B", "A"])
            #expect(second.nextCursor == nil)
        }
    }

    @Test(arguments: ["", "x", "!!!", "LWNyZWF0ZWRfYXQ", "eyJhIjoxfQ==", String(repeating: "A", count: 5_000)])
    func aMalformedCursorIsRefused(_ cursor: String) async throws {
        try await withShop { shop in
            let error = await refusal { _ = try await shop.titles { $0.cursor = cursor } }
            #expect(error?.code == "invalid_cursor")
            #expect(error?.kind == .invalid)
        }
    }

    @Test func aCursorOfAnotherListIsRefused() async throws {
        try await withShop { shop in
            for title in ["A", "B"] { try await shop.add(title) }
            var query = ProductQuery()
            query.limit = 1
            let cursor = try await shop.service.products(query).nextCursor
            let error = await refusal {
                _ = try await shop.titles {
                    $0.sort = .priceUp
                    $0.cursor = cursor
                }
            }
            #expect(error?.code == "invalid_cursor")
        }
    }

    @Test func namesWithoutLatinLettersGetCategoriesOfTheirOwn() async throws {
        try await withShop { shop in
            try await shop.add("Boots", category: "Обувь 2024")
            try await shop.add("Bag", category: "Сумки 2024")
            #expect(Set(try await shop.service.categories().map(\.title)) == ["Обувь 2024", "Сумки 2024"])
        }
    }

    @Test func filtersAndCountsWhatIsThere() async throws {
        try await withShop { shop in
            try await shop.add(
                "Mug", price: 1_000, tags: ["Gift", "clay"], vendor: "Pottery", category: "Kitchen & Table")
            try await shop.add(
                "Bowl", price: 2_000, stock: 0, tags: ["clay"], vendor: "Pottery", category: "kitchen & table")
            try await shop.add("Lamp", price: 3_000, stock: nil, tags: ["gift"], vendor: "Lights", category: "Desk")
            try await shop.add("Draft", tags: ["gift"], category: "Desk", status: .draft)

            #expect(try await shop.titles { $0.category = "kitchen-table" } == ["Bowl", "Mug"])
            #expect(try await shop.titles { $0.tags = ["gift"] } == ["Lamp", "Mug"])
            #expect(try await shop.titles { $0.tags = ["gift", "clay"] } == ["Mug"])
            #expect(try await shop.titles { $0.vendor = "Lights" } == ["Lamp"])
            #expect(try await shop.titles { $0.availableOnly = true } == ["Lamp", "Mug"])
            #expect(
                try await shop.titles {
                    $0.minimumPrice = 1_500
                    $0.maximumPrice = 2_500
                } == ["Bowl"])
            var query = ProductQuery()
            query.tags = ["gift"]
            let facets = try #require(try await shop.service.products(query).facets)
            #expect(facets.categories == [.init(value: "desk", count: 1), .init(value: "kitchen-table", count: 1)])
            #expect(facets.vendors == [.init(value: "Lights", count: 1), .init(value: "Pottery", count: 1)])
            #expect(facets.tags.map(\.count) == [2, 1])
            query.text = "mug"
            let searched = try #require(try await shop.service.products(query).facets)
            #expect(searched.categories == [.init(value: "kitchen-table", count: 1)])
            #expect(try await shop.service.products(ProductQuery()).facets == nil)
        }
    }

    @Test func categoriesCountPublishedProducts() async throws {
        try await withShop { shop in
            try await shop.add("Mug", category: "Küche")
            try await shop.add("Bowl", category: "Küche")
            try await shop.add("Secret", category: "Attic", status: .draft)
            let categories = try await shop.service.categories()
            #expect(categories.map(\.handle) == ["kueche"])
            #expect(categories.map(\.title) == ["Küche"])
            #expect(categories.map(\.productCount) == [2])
        }
    }

    @Test func draftsAreForStaffOnly() async throws {
        try await withShop { shop in
            let draft = try await shop.add("Secret", status: .draft)
            #expect(await refusal { _ = try await shop.service.product("secret") }?.code == "product_not_found")
            #expect(try await shop.titles { _ in } == [])
            #expect(
                await refusal { _ = try await shop.titles { $0.includeUnpublished = true } }?.kind == .unauthenticated)
            let seen = try await asStaff { try await shop.service.product(draft.id.rawValue) }
            #expect(seen.title == "Secret")
            let titles = try await asStaff { try await shop.titles { $0.includeUnpublished = true } }
            #expect(titles == ["Secret"])
            let details = try await shop.service.variants([draft.firstVariant, VariantID()])
            #expect(details.map(\.published) == [false])
        }
    }

    @Test func aCursorIsForItsOwnListOnly() async throws {
        try await withShop { shop in
            for number in 1...3 { try await shop.add("Mug \(number)", vendor: "Magpie") }
            var query = ProductQuery()
            query.limit = 1
            let cursor = try #require(try await shop.service.products(query).nextCursor)
            var (cutOff, foreign) = (query, query)
            cutOff.cursor = String(cursor.dropLast(3))
            (foreign.cursor, foreign.vendor) = (cursor, "Magpie")
            for wrong in [cutOff, foreign] {
                let error = await refusal { _ = try await shop.service.products(wrong) }
                #expect(error?.code == "invalid_cursor")
            }
        }
    }
}
