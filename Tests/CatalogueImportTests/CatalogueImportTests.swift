import CatalogueImport
import Commerce
import DemoCatalogue
import Foundation
import ProductContract
import ServiceKit
import TestSupport
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
        "shirt,,Size,M,shopify,12.50,5,one too many", "shirt,,Size,M,shopify,\"12.50,5", ",,Size,M,shopify,12.50,5",
        "shirt,,Size,,shopify,12.50,5",
    ]) func aVariantWhoseRowIsAtFaultStaysOnSale(_ row: String) async throws {
        try await withShop { shop in
            let whole = try await load(Self.shirt("shirt,,Size,M,shopify,12.00,5"), into: shop)
            #expect(whole.created == 1)
            let report = try await load(Self.shirt(row), into: shop)
            #expect(report.updated == 0 && report.unchanged == 0 && report.leftOut == 1 && !report.isComplete)
            let shirt = try await shop.service.product("shirt")
            #expect(shirt.variants.map(\.title) == ["S", "M"])
        }
        // A new product is imported as far as its rows allow, and the same file again changes nothing.
        try await withShop { shop in
            let first = try await load(Self.shirt(row), into: shop)
            let second = try await load(Self.shirt(row), into: shop)
            #expect(first.created == 1 && second.unchanged == 1)
        }
    }

    private static func shirt(_ row: String) -> [UInt8] {
        Array(
            """
            Handle,Title,Option1 Name,Option1 Value,Variant Inventory Tracker,Variant Price,Variant Inventory Qty
            shirt,Shirt,Size,S,shopify,10.00,5
            \(row)
            """.utf8)
    }

    @Test func aVariantWithoutAReadablePriceKeepsItsOwnOrIsLeftOut() async throws {
        let row = "shirt,,Size,M,shopify,on request,8"
        try await withShop { shop in
            _ = try await load(Self.shirt("shirt,,Size,M,shopify,12.00,5"), into: shop)
            let report = try await load(Self.shirt(row), into: shop)
            #expect(report.updated == 1 && !report.isComplete)
            let variants = try await shop.service.product("shirt").variants
            #expect(variants.map(\.price.amount) == [1_000, 1_200] && variants.map(\.inventoryQuantity) == [5, 8])
        }
        try await withShop { shop in
            let report = try await load(Self.shirt(row), into: shop)
            #expect(report.created == 1 && report.problems.map(\.kind) == [.leftOut])
            #expect(report.problems.first?.reason.contains("the variant M is left out") == true)
            #expect(try await shop.service.product("shirt").variants.map(\.title) == ["S"])
        }
    }

    @Test func aProductWithoutAnyPriceIsKeptAndNotOnSale() async throws {
        let file = Array("Handle,Title,Price,Status\nmug,Mug,ask us,active\nbowl,Bowl,,\ncup,Cup,0.00,".utf8)
        try await withShop { shop in
            let report = try await load(file, into: shop)
            #expect(report.created == 3 && report.problems.filter(\.kind.isFault).map(\.line) == [2, 3])
            for handle in ["mug", "bowl"] {
                #expect(await refusal { _ = try await shop.service.product(handle) }?.code == "product_not_found")
                #expect(try await asStaff { try await shop.service.product(handle) }.status == .draft)
            }
            #expect(try await shop.service.product("cup").variants.map(\.price.amount) == [0])
            #expect(try await load(file, into: shop).unchanged == 3)
        }
    }

    /// A price list is an incomplete export: it does not state the rest of the products that the shop has.
    @Test func anIncompleteExportEmptiesNothing() async throws {
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
            #expect(first.created == 1 && first.updated == 2)
            #expect(first.problems.filter(\.kind.isFault).map(\.line) == [3, 4, 5])
            let mug = try await shop.service.product("mug")
            #expect(mug.variants.first?.inventoryQuantity == 3 && mug.variants.first?.price.amount == 1_100)
            #expect(await refusal { _ = try await shop.service.product("secret") }?.code == "product_not_found")
            #expect(try await shop.service.product("shirt").variants.map(\.title) == ["S", "M"])
            #expect(try await shop.service.product("bowl").vendor == "Pottery")
            let second = try await load("Handle,Title,Variant Price", prices, into: shop)
            #expect(second.unchanged == 3 && second.problems == first.problems)
        }
    }

    /// Most likely `--currency` is missing: nothing of the file is imported.
    @Test func aFileThatWouldChangeTheCurrencyIsRefusedAsAWhole() async throws {
        func file(_ handles: [String]) -> [UInt8] {
            Array(
                (["Handle,Title,Variant Price"] + handles.map { "\($0),\($0.capitalized),10.00" }).joined(
                    separator: "\n"
                ).utf8)
        }
        func load(_ handles: [String], _ currency: Currency, changes: Bool = false, into shop: Shop) async throws
            -> ImportReport
        {
            try await CallContext(principal: .system("import")).run {
                try await importCatalogue(
                    file(handles), currency: currency, changesCurrency: changes, into: shop.service)
            }
        }
        try await withShop { shop in
            _ = try await load(["mug", "bowl"], .kwd, into: shop)
            _ = try await load(["lamp"], .eur, into: shop)
            var change = ProductChange()
            change.handle = "cup"
            _ = try await asStaff { [change] in try await shop.service.update("mug", change) }
            try await asStaff { try await shop.service.archive("bowl") }
            let error = await #expect(throws: CurrencyChange.self) {
                _ = try await load(["new", "mug", "bowl", "lamp"], .usd, into: shop)
            }
            #expect(error?.products == [.kwd: 2, .eur: 1])
            #expect(
                error?.description.hasPrefix("The file would change 1 product from EUR and 2 products from KWD to USD")
                    == true)
            #expect(error?.description.contains("--currency EUR or --currency KWD") == true)
            #expect(await refusal { _ = try await shop.service.product("new") }?.kind == .notFound)
            #expect(try await shop.service.product("mug").priceRange.min == Money(10_000, .kwd))
            #expect(try await load(["mug"], .kwd, into: shop).unchanged == 1)
            #expect(try await load(["new", "mug"], .usd, changes: true, into: shop).updated == 1)
            #expect(try await shop.service.product("cup").priceRange.min == Money(1_000, .usd))
            #expect(try await load(["new", "mug"], .usd, into: shop).unchanged == 2)
            await CallContext(principal: .customer(CustomerID())).run {
                #expect(await refusal { _ = try await shop.service.currencies(of: ["mug"]) }?.kind == .forbidden)
            }
        }
    }

    @Test func whatTheCatalogueRefusesIsReportedWithItsRow() async throws {
        try await withShop { shop in
            let variants = (1...2_100).map { "many,,Size,\($0),5.00" }
            let file = ["Handle,Title,Option1 Name,Option1 Value,Price", "good,Good,,,5.00", "many,Many,Size,0,5.00"]
            let report = try await load(Array((file + variants).joined(separator: "\n").utf8), into: shop)
            #expect(report.created == 1 && report.leftOut == 1)
            #expect(report.problems.filter(\.kind.isFault).map(\.line) == [3])
        }
    }

    /// Handles that no address can carry, and one that looks like what one of them becomes.
    @Test func everyHandleHasAnAddressOfItsOwn() async throws {
        let handles = ["khay-gỗ-sồi", "khay-gỗ-sôi", "木のトレイ", "木の皿", "café", "cafe", "a b", "a_b", "a-b", "-"]
        let file = ["Handle,Title,Vendor,Price"] + handles.map { "\($0),Title of \($0),V,5.00" }
        try await withShop { shop in
            let report = try await load(Array(file.joined(separator: "\n").utf8), into: shop)
            #expect(report.created == handles.count && report.isComplete)
            #expect(report.problems.filter { $0.kind == .address }.map(\.line) == [2, 3, 4, 5, 6, 8, 9, 11])
            var query = ProductQuery()
            query.limit = 100
            let products = try await shop.service.products(query).items
            #expect(Set(products.map(\.title)) == Set(handles.map { "Title of \($0)" }))
            let vietnamese = try #require(products.first { $0.title == "Title of khay-gỗ-sồi" })
            #expect(vietnamese.handle.hasPrefix("khay-go-soi-"))
            // In another order, composed otherwise, in capitals: the same products.
            let other =
                [file[0]]
                + handles.reversed().map {
                    "\($0.uppercased().decomposedStringWithCanonicalMapping),Title of \($0),V,6.00"
                }
            let again = try await load(Array(other.joined(separator: "\n").utf8), into: shop)
            #expect(again.updated == handles.count && again.created == 0)
        }
    }

    /// Stock that was counted here is kept when a file does not state it.
    @Test(arguments: [
        ("Inventory tracker", "shopify"), ("Inventory quantity", "9"),
        ("Inventory tracker,Inventory quantity", "shopify,"),
        ("Inventory tracker,Inventory quantity", "shopify,many"), ("Fabric", "Linen"),
        ("Inventory quantity,Continue selling when out of stock", "9,CONTINUE"),
        ("Inventory tracker,Continue selling when out of stock", "shopify,continue"),
    ])
    func stockThatAFileDoesNotStateStaysAsItIs(_ columns: String, _ cells: String) async throws {
        func file(_ columns: String, _ cells: String, price: String) -> [UInt8] {
            Array("Handle,Title,Price,\(columns)\nmug,Mug,\(price),\(cells)".utf8)
        }
        try await withShop { shop in
            _ = try await load(
                file("Inventory tracker,Inventory quantity", "shopify,5", price: "10.00"), into: shop)
            let mug = try await shop.service.product("mug").firstVariant
            try await shop.reserve(OrderID(), [(mug, 2)])
            let report = try await load(file(columns, cells, price: "11.00"), into: shop)
            #expect(report.updated == 1 && report.problems.count == 1)
            let level = try await shop.level(mug)
            #expect(level?.onHand == 5 && level?.reserved == 2)
            #expect(try await shop.ledger(mug) == 5)
            #expect(try await shop.service.product("mug").variants.map(\.price.amount) == [1_100])
            // A quantity that is stated is set.
            _ = try await load(
                file("Inventory tracker,Inventory quantity", "shopify,8", price: "11.00"), into: shop)
            #expect(try await shop.level(mug)?.onHand == 8)
        }
    }
}
