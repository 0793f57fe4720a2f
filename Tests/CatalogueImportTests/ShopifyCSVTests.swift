import CatalogueImport
import Commerce
import ProductContract
import Testing

@Suite struct ShopifyCSVTests {
    private static let header = """
        Handle,Title,Body (HTML),Type,Tags,Published,Option1 Name,Option1 Value,Variant SKU,Variant Inventory Tracker,\
        Variant Inventory Qty,Variant Inventory Policy,Variant Price,Variant Compare At Price,Image Src,Image Position,Status
        """

    private func read(_ rows: String..., currency: Currency = .usd, newline: String = "\n") -> ShopifyCSV {
        ShopifyCSV(Array(([Self.header] + rows).joined(separator: newline).utf8), currency: currency)
    }

    @Test func quotedNewlinesAndPlaces() {
        let file = read(
            "a,\"A \"\"big\"\" mug\",\"<p>one,\ntwo\r\nthree</p>\",,,true,Title,Default Title,,,,,5,,,,",
            "b,B,,,,true,Title,Default Title,,,,,5,x,,,")
        #expect(file.products.map(\.draft.title) == ["A \"big\" mug", "B"])
        #expect(file.products.first?.draft.descriptionHTML == "<p>one,\ntwo\r\nthree</p>")
        #expect(file.problems.map(\.place) == [CSVPlace(row: 3, line: 5)])
        #expect(
            file.problems.first?.description
                == "row 3 (line 5), Variant Compare At Price: “x” cannot be read as an amount in USD; it is left out")
    }

    @Test(arguments: ["\n", "\r\n", "\r"]) func anyLineEndAndAByteOrderMark(_ newline: String) {
        let text = [Self.header, "a,A,,,,,Title,Default Title,,,,,5,,,,", "", "b,B,,,,,Title,Default Title,,,,,5,x,,,"]
        let file = ShopifyCSV([0xEF, 0xBB, 0xBF] + Array(text.joined(separator: newline).utf8), currency: .usd)
        #expect(file.products.map(\.draft.handle) == ["a", "b"])
        #expect(file.problems.map(\.place) == [CSVPlace(row: 4, line: 4)])
    }

    @Test func rowsOfOneProductNeedNotStandTogether() {
        let file = read(
            "a,A,,Kitchen,,true,Size,S,A-S,shopify,3,deny,5.00,4.00,/media/2.svg,2,",
            "b,B,,,\"garden, gift\",false,Title,Default Title,B-1,,9,deny,7,9.50,,,",
            "a,,,,,,,L,A-L,shopify,-2,deny,6.00,8.00,/media/1.svg,1,",
            "a,,,,,,,,,,,,,,https://x.test/3.jpg,3,",
            "c,C,,,,true,Title,Default Title,C-1,shopify,9,continue,7,,,,archived")
        // Oversold: it starts with none.
        #expect(file.problems.map(\.kind) == [.notice] && file.problems.map(\.line) == [4])
        let drafts = file.products.map(\.draft)
        #expect(drafts.map(\.handle) == ["a", "b", "c"])
        #expect(drafts.map(\.category) == ["Kitchen", "Garden", nil])
        #expect(drafts.map(\.status) == [.published, .draft, .archived])
        #expect(drafts.map(\.optionNames) == [["Size"], [], []])
        #expect(drafts[0].variants.map(\.inventoryQuantity) == [3, 0])
        #expect(drafts[0].variants.map(\.compareAtPrice) == [nil, Money(800, .usd)])
        #expect(drafts[0].images.map(\.url) == ["/media/1.svg", "/media/2.svg", "https://x.test/3.jpg"])
        #expect(drafts[1].variants.map(\.optionValues) == [[]])
        #expect(drafts[1].variants.map(\.inventoryQuantity) == [nil])
        #expect(drafts[2].variants.map(\.inventoryQuantity) == [nil])
    }

    /// What is left out is reported with its row; the rest is imported.
    @Test func badRowsAreReportedAndTheRestIsTaken() {
        let file = read(
            "a,A,,,,true,Size,S,SKU-1,shopify,3,deny,5.00,,,,",
            "a,,,,,,,M,SKU-1,shopify,3,deny,5.00,,,,",
            "a,,,,,,,L,SKU-3,shopify,three,deny,5.00,,,,",
            "a,,,,,,,S,SKU-4,shopify,3,deny,5.00,,,,",
            "a,,,,,,,XL,SKU-5,shopify,3,deny,5.00,cheap,,,",
            "too,few",
            ",,,,,true,Title,Default Title,,,,,5,,,,",
            "lost-title,,,,,true,Title,Default Title,,,,,5,,,,",
            "e,E,,,,true,Title,Default Title,E,,,,5,,javascript:x,,",
            "f,\"F,,,")
        #expect(file.products.map(\.draft.handle) == ["a", "lost-title", "e"])
        #expect(file.products.first?.draft.variants.map(\.sku) == ["SKU-1", "SKU-1", "SKU-3", "SKU-5"])
        #expect(file.products[1].draft.title == "Lost title" && file.products[1].draft.status == .draft)
        #expect(file.products.last?.draft.images == [])
        #expect(file.problems.map(\.line) == [2, 4, 5, 6, 7, 8, 9, 10, 11])
        #expect(file.problems.map(\.kind.isFault) == [false] + Array(repeating: true, count: 8))
        let reasons = Dictionary(file.problems.map { ($0.line, $0.reason) }, uniquingKeysWith: { first, _ in first })
        #expect(reasons[2] == "SKU-1 is the SKU of 2 variants, all are kept (rows 2, 3)")
        #expect(reasons[7]?.hasPrefix("the row has 2 cells, the header 17, and is left out") == true)
        #expect(reasons[9] == "the title is missing: lost-title is not on sale until it has one")
        #expect(reasons[11]?.hasPrefix("a quote is opened and never closed") == true)
    }

    @Test(arguments: ["", "Handle,Title\na,A", "just text", "\u{0}\u{1}", "PK\u{3}\u{4}", "\"Handle,Title"])
    func anotherFileIsRefused(_ text: String) {
        let file = ShopifyCSV(Array(text.utf8), currency: .usd)
        #expect(file.products.isEmpty)
        #expect(file.problems.map(\.kind) == [.leftOut])
        #expect(file.problems.first?.reason.hasSuffix("Nothing was imported.") == true)
    }
}
