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

    @Test func quotedNewlinesAndLineNumbers() {
        let file = read(
            "a,\"A \"\"big\"\" mug\",\"<p>one,\ntwo\r\nthree</p>\",,,true,Title,Default Title,,,,,5,,,,",
            "b,B,,,,true,Title,Default Title,,,,,x,,,,")
        #expect(file.products.map(\.draft.title) == ["A \"big\" mug"])
        #expect(file.products.map(\.draft.descriptionHTML) == ["<p>one,\ntwo\r\nthree</p>"])
        #expect(file.problems.map(\.line) == [5, 5])
    }

    @Test(arguments: ["\n", "\r\n", "\r"]) func anyLineEndAndAByteOrderMark(_ newline: String) {
        let text = [Self.header, "a,A,,,,,Title,Default Title,,,,,5,,,,", "", "b,B,,,,,Title,Default Title,,,,,,,,,"]
        let file = ShopifyCSV([0xEF, 0xBB, 0xBF] + Array(text.joined(separator: newline).utf8), currency: .usd)
        #expect(file.products.map(\.draft.handle) == ["a"])
        #expect(file.problems.first?.line == 4)
    }

    @Test func rowsOfOneProductNeedNotStandTogether() {
        let file = read(
            "a,A,,Kitchen,,true,Size,S,A-S,shopify,3,deny,5.00,4.00,/media/2.svg,2,",
            "b,B,,,\"garden, gift\",false,Title,Default Title,B-1,,9,deny,7,9.50,,,",
            "a,,,,,,,L,A-L,shopify,-2,deny,6.00,8.00,/media/1.svg,1,",
            "a,,,,,,,,,,,,,,https://x.test/3.jpg,3,",
            "c,C,,,,true,Title,Default Title,C-1,shopify,9,continue,7,,,,archived")
        #expect(file.problems == [])
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

    @Test(
        arguments: [
            ("24", Currency.usd, Int64(2_400)), ("24.5", .usd, 2_450), ("24.50", .usd, 2_450), ("24.500", .usd, 2_450),
            ("0.01", .usd, 1), ("500", .jpy, 500), ("500.00", .jpy, 500), ("1.234", .kwd, 1_234),
            ("9.999", .usd, nil), ("5.5", .jpy, nil), ("-5", .usd, nil), ("1,50", .usd, nil), ("1e3", .usd, nil),
            (".5", .usd, nil), ("5.", .usd, nil), ("$5", .usd, nil), ("99999999999999999999", .usd, nil),
            ("NaN", .usd, nil),
        ] as [(String, Currency, Int64?)]) func pricesAreExact(_ text: String, _ currency: Currency, _ amount: Int64?)
    {
        let file = read("a,A,,,,true,Title,Default Title,,,,,\"\(text)\",,,,", currency: currency)
        #expect(file.products.first?.draft.variants.first?.price.amount == amount)
        #expect(file.problems.isEmpty == (amount != nil))
    }

    @Test func badRowsAreToldAndTheRestIsTaken() {
        let file = read(
            "a,A,,,,true,Size,S,SKU-1,shopify,3,deny,5.00,,,,",
            "a,,,,,,,M,SKU-1,shopify,3,deny,5.00,,,,",
            "a,,,,,,,L,SKU-3,shopify,three,deny,5.00,,,,",
            "a,,,,,,,S,SKU-4,shopify,3,deny,5.00,,,,",
            "a,,,,,,,XL,SKU-5,shopify,3,deny,5.00,cheap,,,",
            "too,few",
            ",No handle,,,,true,Title,Default Title,,,,,5,,,,",
            "c,,,,,true,Title,Default Title,,,,,5,,,,",
            "d,D,,,,true,Title,Default Title,,,,,,,,,",
            "e,E,,,,true,Title,Default Title,E,,,,5,,javascript:x,,",
            "f,\"F,,,")
        #expect(file.products.map(\.draft.handle) == ["a", "e"])
        #expect(file.products.first?.draft.variants.map(\.sku) == ["SKU-1"])
        #expect(Set(file.problems.map(\.line)) == [3, 4, 5, 6, 7, 8, 9, 10, 11, 12])
        let reasons = Dictionary(file.problems.map { ($0.line, $0.reason) }, uniquingKeysWith: { first, _ in first })
        #expect(reasons[3] == "the SKU SKU-1 is used twice")
        #expect(reasons[7] == "has 2 columns, the header 17")
        #expect(reasons[9] == "the title is missing")
        #expect(reasons[12] == "a quote is opened and never closed")
    }

    @Test(arguments: ["", "Handle,Title\na,A", "just text", "\u{0}\u{1}"]) func anotherFileIsToldAtOnce(_ text: String)
    {
        let file = ShopifyCSV(Array(text.utf8), currency: .usd)
        #expect(file.products.isEmpty)
        #expect(file.problems.map(\.line) == [1])
    }
}
