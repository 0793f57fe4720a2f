import Calls
import CatalogueImport
import Commerce
import DemoCatalogue
import Foundation
import ProductContract
import Testing

@Suite struct CatalogueImportTests {
    private static let shared = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "shared/data/shopify")
    private static let isShared =
        FileManager.default.fileExists(atPath: shared.path)
        || ProcessInfo.processInfo.environment["CI"] != nil

    private func load(_ bytes: [UInt8], into shop: Shop) async throws -> ImportReport {
        try await CallContext(principal: .system("import")).run {
            try await importCatalogue(bytes, currency: .usd, into: shop.service)
        }
    }

    @Test func theDemoCatalogue() async throws {
        try await withShop { shop in
            let bytes = try DemoCatalogue.csv()
            let report = try await load(bytes, into: shop)
            #expect(report.problems == [])
            #expect(report.created == 36)
            var query = ProductQuery()
            query.limit = 100
            query.wantsCount = true
            let page = try await shop.service.products(query)
            #expect(page.count == 36)
            #expect(page.items.reduce(0) { $0 + $1.variants.count } == 164)
            let pictures = Set(page.items.flatMap(\.images).map(\.url))
            for picture in pictures {
                let file = DemoCatalogue.mediaFolder.appending(path: String(picture.dropFirst("/media/".count)))
                #expect(FileManager.default.fileExists(atPath: file.path), "\(picture)")
            }
            let again = try await load(bytes, into: shop)
            #expect(again.unchanged == 36 && again.created == 0 && again.updated == 0)
            #expect(try await shop.titles { $0.text = "stoneware mug" }.first == "Stoneware Mug")
            #expect(try await shop.service.categories().count > 1)
        }
    }

    @Test(
        .enabled(if: isShared, "needs ../shared/data/shopify beside the checkout"),
        arguments: [
            ("apparel.csv", 22), ("home-and-garden.csv", 21),
        ]) func aRealExport(_ name: String, _ variants: Int) async throws
    {
        try await withShop { shop in
            let bytes = [UInt8](try Data(contentsOf: Self.shared.appending(path: name)))
            let report = try await load(bytes, into: shop)
            #expect(report.problems == [])
            #expect(report.created == 20)
            var query = ProductQuery()
            query.limit = 100
            let items = try await shop.service.products(query).items
            #expect(items.reduce(0) { $0 + $1.variants.count } == variants)
            #expect(items.allSatisfy { $0.category != nil })
            #expect(try await load(bytes, into: shop).unchanged == 20)
        }
    }

    /// A slip in one row of a new file takes nothing off sale that sells today.
    @Test(arguments: [
        "shirt,,Size,M,,\"12,50\",5", "shirt,,Size,M,,12.50,5,one too many", "shirt,,Size,M,,\"12.50,5",
        ",,Size,M,,12.50,5",
    ]) func aVariantWhoseRowIsAtFaultStaysOnSale(_ row: String) async throws {
        func file(_ middle: String) -> [UInt8] {
            Array(
                """
                Handle,Title,Option1 Name,Option1 Value,Variant Inventory Tracker,Variant Price,Variant Inventory Qty
                shirt,Shirt,Size,S,shopify,10.00,5
                \(middle)
                """.utf8)
        }
        try await withShop { shop in
            let whole = try await load(file("shirt,,Size,M,shopify,12.00,5"), into: shop)
            #expect(whole.created == 1)
            let report = try await load(file(row), into: shop)
            #expect(report.updated == 0 && report.unchanged == 0 && !report.problems.isEmpty)
            let shirt = try await shop.service.product("shirt")
            #expect(shirt.variants.map(\.title) == ["S", "M"])
        }
        // A new product is taken over as far as its rows allow, and the same file again changes nothing.
        try await withShop { shop in
            let (first, second) = (try await load(file(row), into: shop), try await load(file(row), into: shop))
            #expect(first.created == 1 && second.unchanged == 1)
        }
    }

    /// A price list is no export: what it does not say of products that the shop has would be made up.
    @Test func aFileOfFewColumnsEmptiesNothing() async throws {
        func load(_ header: String, _ rows: [String], into shop: Shop) async throws -> ImportReport {
            try await self.load(Array(([header] + rows).joined(separator: "\n").utf8), into: shop)
        }
        try await withShop { shop in
            let whole = try await load(
                "Handle,Title,Vendor,Option1 Name,Option1 Value,Status,Variant Inventory Tracker,Variant Inventory Qty,"
                    + "Variant Price",
                [
                    "mug,Mug,,,,active,shopify,3,10.00", "secret,Secret,,,,draft,,,10.00",
                    "shirt,Shirt,,Size,S,active,,,10.00", "shirt,,,Size,M,active,,,10.00",
                    "bowl,Bowl,Pottery,,,active,,,10.00", "lamp,Lamp,,,,active,,,10.00",
                ], into: shop)
            #expect(whole.created == 5)
            let prices = ["mug", "secret", "shirt", "bowl", "lamp", "new"].map { "\($0),\($0.capitalized),11.00" }
            let first = try await load("Handle,Title,Variant Price", prices, into: shop)
            #expect(first.created == 1 && first.updated == 1)
            #expect(first.problems.map(\.line) == [2, 3, 4, 5])
            let mug = try await shop.service.product("mug")
            #expect(mug.variants.first?.inventoryQuantity == 3 && mug.variants.first?.price.amount == 1_000)
            #expect(await refusal { _ = try await shop.service.product("secret") }?.code == "product_not_found")
            #expect(try await shop.service.product("shirt").variants.map(\.title) == ["S", "M"])
            #expect(try await shop.service.product("bowl").vendor == "Pottery")
            let second = try await load("Handle,Title,Variant Price", prices, into: shop)
            #expect(second.unchanged == 2 && second.problems == first.problems)
        }
    }

    @Test func whatTheCatalogueRefusesIsToldWithItsLine() async throws {
        try await withShop { shop in
            let file = """
                Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Price
                good,Good,Title,Default Title,A,5.00
                not good,Bad,Title,Default Title,B,5.00
                """
            let report = try await load(Array(file.utf8), into: shop)
            #expect(report.created == 1)
            #expect(report.problems.map(\.line) == [3])
        }
    }
}
