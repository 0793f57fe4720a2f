import CatalogueImport
import Commerce
import Foundation
import ProductContract
import Testing

/// Column names, delimiters and encodings.
@Suite struct ShopifyFileTests {
    private static let present = """
        Title,URL handle,Description,Vendor,Product category,Type,Tags,Published on online store,Status,SKU,Barcode,\
        Option1 name,Option1 value,Option1 Linked To,Option2 name,Option2 value,Option2 Linked To,Option3 name,\
        Option3 value,Option3 Linked To,Price,Compare-at price,Cost per item,Charge tax,Tax code,\
        Unit price total measure,Unit price total measure unit,Unit price base measure,Unit price base measure unit,\
        Inventory tracker,Inventory quantity,Continue selling when out of stock,Weight value (grams),\
        Weight unit for display,Requires shipping,Fulfillment service,Product image URL,Image position,Image alt text,\
        Variant image URL,Gift card,SEO title,SEO description,Color (product.metafields.shopify.color-pattern)
        """
    private static let rows = """
        Linen towel,linen-towel,<p>Soft</p>,Loom,Home & Garden > Bath > Towels,,"linen, bath",TRUE,Active,LT-S,4006381,\
        Size,Small,,,,,,,,12.00,15.00,4.00,TRUE,,,,,,shopify,6,DENY,180,g,TRUE,manual,https://x.test/t.jpg,1,A towel,\
        https://x.test/t.jpg,FALSE,Towel,A linen towel,blue
        ,linen-towel,,,,,,,,LT-L,,,Large,,,,,,,,18.00,,,TRUE,,,,,,shopify,2,CONTINUE,320,g,TRUE,manual,,,,,,,,
        """

    @Test func theColumnsOfTodayAreRead() throws {
        let file = ShopifyCSV(Array((Self.present + "\n" + Self.rows).utf8), currency: .usd)
        #expect(file.problems == [])
        #expect(
            file.unreadColumns == [
                "Cost per item", "Weight value (grams)", "Color (product.metafields.shopify.color-pattern)",
            ])
        let draft = try #require(file.products.first?.draft)
        let picture = "https://x.test/t.jpg"
        let small = ProductDraft.Variant(
            sku: "LT-S", optionValues: ["Small"], price: Money(1_200, .usd), compareAtPrice: Money(1_500, .usd),
            inventoryQuantity: 6, imageURL: picture, texts: [.barcode: "4006381"])
        let large = ProductDraft.Variant(sku: "LT-L", optionValues: ["Large"], price: Money(1_800, .usd))
        #expect(
            draft
                == ProductDraft(
                    handle: "linen-towel", title: "Linen towel", descriptionHTML: "<p>Soft</p>", vendor: "Loom",
                    category: "Home & Garden > Bath > Towels", tags: ["linen", "bath"],
                    images: [Product.Image(url: picture, alt: "A towel")], optionNames: ["Size"],
                    variants: [small, large], seo: Product.SEO(title: "Towel", description: "A linen towel")))
    }

    @Test(arguments: [";", "\t"]) func semicolonsAndTabs(_ delimiter: String) {
        let text = "Handle,Title,Vendor,Price\nmug,Mug,\"Müller, Söhne\",\"5,50\"".replacing(
            "Müller, S", with: "Müller S")
        let file = ShopifyCSV(
            Array(
                text.replacing("\"5,50\"", with: "5#50").replacing(",", with: delimiter).replacing("#", with: ",").utf8),
            currency: .usd)
        #expect(file.products.first?.draft.variants.map(\.price.amount) == [550])
        #expect(file.products.first?.draft.vendor == "Müller Söhne")
    }

    @Test(arguments: [String.Encoding.utf16LittleEndian, .utf16BigEndian])
    func utf16IsReadWhenItSaysSo(_ encoding: String.Encoding) throws {
        let text = "\u{FEFF}Handle,Title,Price\nmug,木のトレイ 🐦,5.00\n"
        let bytes = [UInt8](try #require(text.data(using: encoding)))
        #expect(ShopifyCSV(bytes, currency: .usd).products.first?.draft.title == "木のトレイ 🐦")
        for broken in [Array(bytes.dropLast()), bytes + (encoding == .utf16BigEndian ? [0xD8, 0] : [0, 0xD8])] {
            let file = ShopifyCSV(broken, currency: .usd)
            #expect(file.products.isEmpty && file.problems.first?.reason.contains("UTF-16") == true)
        }
    }

    /// Windows-1252, MacRoman, cut in the middle of a letter, with a null: nothing is guessed.
    @Test(arguments: [[0xDF], [0xA7], [0xE2, 0x82], [0x00], [0xC0, 0xAF], [0xED, 0xA0, 0x80]] as [[UInt8]])
    func whatIsNotUTF8IsRefusedWithItsPlace(_ bytes: [UInt8]) {
        let before = Array("Handle,Title,Price\na,A,5\nb,Stra".utf8)
        let file = ShopifyCSV(before + bytes + Array(",5\n".utf8), currency: .usd)
        #expect(file.products.isEmpty)
        let reason = file.problems.first?.reason
        #expect(reason?.contains("byte \(before.count + 1), in line 3") == true, "\(reason ?? "")")
    }

    @Test func lettersLostBeforeAreReported() {
        let file = ShopifyCSV(Array("Handle,Title,Price,Vendor\na,Stra\u{FFFD}e,5,V".utf8), currency: .usd)
        #expect(file.products.count == 1)
        #expect(file.problems.contains { $0.column == "Title" && $0.kind == .notice })
    }

    @Test func blankRowsAndCellsBehindTheLastAreNothing() {
        let header = "Handle,Title,Price,Inventory tracker,Inventory quantity"
        let rows = [",,,,", "mug,Mug,5,,,,", " , ,\u{A0},,", "", ",", "bowl,Bowl,6,,"]
        let file = ShopifyCSV(Array(([header] + rows).joined(separator: "\n").utf8), currency: .usd)
        #expect(file.products.map(\.draft.handle) == ["mug", "bowl"])
        #expect(file.products.map(\.place.row) == [3, 7])
        #expect(file.problems == [])
    }

    @Test func aTitleMakesTheHandleThatIsMissing() {
        let file = ShopifyCSV(
            Array("Title,Price,Vendor\nOak Tray,5,\nKöln Mug,6,\n木のトレイ,7,\n".utf8), currency: .usd)
        let handles = file.products.map(\.draft.handle)
        #expect(handles.prefix(2) == ["oak-tray", "koln-mug"] && handles.last?.hasPrefix("p-") == true)
        #expect(file.problems.filter { $0.kind == .address }.map(\.line) == [2, 3, 4])
    }

    @Test func theReportIsShortOnATerminalAndWholeInAFile() {
        var report = ImportReport()
        report.problems = (2...40).map { row in
            ImportProblem(
                kind: .stock, place: CSVPlace(row: row, line: row), column: "Inventory quantity", reason: "missing")
        }
        report.problems.append(ImportProblem(kind: .leftOut, reason: "The file is empty."))
        report.unreadColumns = ["Cost per item"]
        let short = report.lines(limit: 10)
        #expect(short.prefix(2) == ["Not imported (1):", "  The file is empty."])
        #expect(short.contains("  … and 29 more") && short.count == 15)
        #expect(short.last == "Columns that Magpie does not read (1): Cost per item")
        #expect(report.lines(limit: nil).contains("  row 40, Inventory quantity: missing"))
        #expect(!report.isComplete)
    }
}
