import Commerce
import ProductContract
import SQL
import ServiceKit
import TestSupport
import Testing

/// The tree of categories.
@Suite struct CategoryTests {
    /// `home(1)[kitchen(1)[mugs(1)]]`: handles and counts.
    private func text(_ trees: [ProductContract.Category]) -> String {
        trees.map { tree in
            "\(tree.handle)(\(tree.productCount))" + (tree.children.isEmpty ? "" : "[\(text(tree.children))]")
        }.joined(separator: " ")
    }

    private func change(_ name: String, to category: String, in shop: Shop) async throws -> Product {
        var change = ProductChange()
        change.category = category
        return try await asStaff { [change] in try await shop.service.update(name, change) }
    }

    @Test func aPathMakesWhatIsMissing() async throws {
        try await withShop { shop in
            let mug = try await shop.add("Mug", category: "Home & Garden > Kitchen > Mugs")
            try await shop.add("Board", category: "home & garden>Kitchen")
            try await shop.add("Rake", category: "Home & Garden > Garden")
            try await shop.add("Lamp", category: "Desk")
            try await shop.add("Secret", category: "Home & Garden > Attic", status: .draft)
            #expect(mug.category == "mugs")
            #expect(
                try await text(shop.service.categories())
                    == "desk(1) home-garden(3)[garden(1) kitchen(2)[mugs(1)]]")
            #expect(try await shop.titles { $0.category = "home-garden" } == ["Rake", "Board", "Mug"])
            #expect(try await shop.titles { $0.category = "kitchen" } == ["Board", "Mug"])
            #expect(try await shop.titles { $0.category = "mugs" } == ["Mug"])
            #expect(try await shop.titles { $0.category = "attic" } == [])
            let kitchen = try #require(
                ProductContract.Category.path(to: "kitchen", in: try await shop.service.categories())?.last)
            #expect(try await shop.titles { $0.category = kitchen.id.rawValue } == ["Board", "Mug"])
        }
    }

    @Test func facetsCountWhatTheirFilterFinds() async throws {
        try await withShop { shop in
            try await shop.add("Mug", tags: ["clay"], category: "Home > Kitchen")
            try await shop.add("Pot", tags: ["clay"], category: "Home")
            var query = ProductQuery()
            query.tags = ["clay"]
            let facets = try #require(try await shop.service.products(query).facets)
            #expect(facets.categories == [.init(value: "home", count: 2), .init(value: "kitchen", count: 1)])
            query.text = "mug"
            let found = try #require(try await shop.service.products(query).facets)
            #expect(found.categories == [.init(value: "home", count: 1), .init(value: "kitchen", count: 1)])
        }
    }

    @Test func theSameTitleElsewhereHasAnotherHandle() async throws {
        try await withShop { shop in
            let paths = ["Mugs", "Kitchen > Mugs", "Garden > Mugs", "Old > Kitchen > Mugs", "KITCHEN > mugs"]
            var handles: [String?] = []
            for (number, path) in paths.enumerated() {
                handles.append(try await shop.add("P\(number)", category: path).category)
            }
            #expect(handles == ["mugs", "kitchen-mugs", "garden-mugs", "kitchen-mugs-2", "kitchen-mugs"])
        }
    }

    @Test func aProductMovesInTheTree() async throws {
        try await withShop { shop in
            try await shop.add("Mug", category: "Kitchen")
            let below = try await change("mug", to: "Home > Kitchen > Mugs", in: shop)
            #expect(below.category == "mugs")
            let moved = try await change("mug", to: "home > kitchen > MUGS", in: shop)
            #expect(moved.category == "mugs" && moved.version == 2)
            #expect(try await text(shop.service.categories()) == "home(1)[home-kitchen(1)[mugs(1)]]")
            let back = try await change("mug", to: "Kitchen", in: shop)
            #expect(back.category == "kitchen")
            let without = try await change("mug", to: " > ", in: shop)
            #expect(without.category == nil)
        }
    }

    @Test func aPathHasAtMostEightLevels() async throws {
        try await withShop { shop in
            let levels = (1...8).map { "L\($0)" }.joined(separator: " > ")
            let deep = try await shop.add("Deep", category: levels)
            #expect(deep.category == "l8")
            let error = await refusal { try await shop.add("Deeper", category: levels + " > L9") }
            #expect(error?.fields.map(\.field) == ["category"])
            let long = String(repeating: "x", count: 101)
            let longTitle = await refusal { try await shop.add("Long", category: "A > \(long)") }
            #expect(longTitle?.fields.map(\.field) == ["category"])
        }
    }

    /// Earlier versions knew no paths: such a title is one of a category at the top.
    @Test func aFlatCategoryStays() async throws {
        try await withShop { shop in
            let mug = try await shop.add("Mug", category: "Kitchen")
            let database = shop.database
            _ = try await database.write { tx in
                try tx.execute("UPDATE categories SET title = 'Home > Kitchen', path = NULL")
            }
            let renamed = try await asStaff {
                var change = ProductChange()
                change.title = "Cup"
                return try await shop.service.update(mug.id.rawValue, change)
            }
            #expect(renamed.title == "Cup" && renamed.category == "kitchen")
            #expect(try await shop.service.categories().map(\.title) == ["Home > Kitchen"])
        }
    }

    @Test func anImportLeavesAFlatCategory() async throws {
        try await withShop { shop in
            var draft = ProductDraft.mug()
            draft.category = "Mugs"
            _ = try await asStaff { [draft] in try await shop.service.save(draft) }
            draft.category = "Home > Mugs"
            draft.title = "Cup"
            let result = try await asStaff { [draft] in try await shop.service.save(draft) }
            #expect(result == .updated)
            #expect(try await shop.service.product("mug").category == "mugs")
            draft.handle = "bowl"
            draft.category = "Home > Bowls"
            _ = try await asStaff { [draft] in try await shop.service.save(draft) }
            #expect(try await text(shop.service.categories()) == "home(1)[bowls(1)] mugs(1)")
        }
    }
}
