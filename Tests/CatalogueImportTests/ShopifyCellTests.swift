import CatalogueImport
import Commerce
import ProductContract
import Testing

/// A cell that cannot be read does not affect the others.
@Suite struct ShopifyCellTests {
    /// A product of one row, its cells by column.
    private func read(_ cells: KeyValuePairs<String, String>, currency: Currency = .usd) -> ShopifyCSV {
        let usual = [
            "Handle": "mug", "Title": "Mug", "Price": "5.00", "Inventory tracker": "", "Inventory quantity": "",
        ]
        .filter { name, _ in !cells.contains { $0.key == name } }
        let all = usual.map { ($0.key, $0.value) } + cells.map { ($0.key, $0.value) }
        func line(_ values: [String]) -> String {
            values.map { "\"" + $0.replacing("\"", with: "\"\"") + "\"" }.joined(separator: ",")
        }
        return ShopifyCSV(Array((line(all.map(\.0)) + "\n" + line(all.map(\.1))).utf8), currency: currency)
    }

    @Test(
        arguments: [
            ("24", Currency.usd, Int64(2_400)), ("24.5", .usd, 2_450), ("24.50", .usd, 2_450), ("0.01", .usd, 1),
            ("24.5000", .usd, 2_450), ("1234.500", .usd, 123_450), ("0.500", .usd, 50),
            ("500", .jpy, 500), ("500.00", .jpy, 500), ("1,299", .jpy, 1_299), ("1.234", .kwd, 1_234),
            ("1,299.00", .usd, 129_900), ("1.299,00", .usd, 129_900), ("12,345,678.9", .usd, 1_234_567_890),
            ("1'299.00", .usd, 129_900), ("1 299,00", .usd, 129_900), ("1\u{A0}299", .usd, 129_900),
            ("19,99", .usd, 1_999), ("19,9", .usd, 1_990), ("1.299.000", .usd, 129_900_000),
            ("$19.99", .usd, 1_999), ("US$ 19.99", .usd, 1_999), ("19.99 USD", .usd, 1_999), ("19,99 €", .eur, 1_999),
            ("¥1,299", .jpy, 1_299),
            ("1,299", .usd, nil), ("1.299", .usd, nil), ("24.500", .usd, nil), ("1,234", .kwd, nil),
            ("1,29,900.00", .usd, nil), ("1,299,00", .usd, nil), ("1.299.00", .usd, nil), ("1,2.3,4", .usd, nil),
            ("9.999", .usd, nil), ("5.5", .jpy, nil), ("-5", .usd, nil), ("1e3", .usd, nil), (".5", .usd, nil),
            ("5.", .usd, nil), ("€5", .usd, nil), ("5 EUR", .usd, nil), ("99999999999999999999", .usd, nil),
            ("10000000000.01", .usd, nil), ("NaN", .usd, nil), ("$", .usd, nil), ("٥", .usd, nil),
        ] as [(String, Currency, Int64?)])
    func aPriceIsReadWhenItIsUnambiguous(_ text: String, _ currency: Currency, _ amount: Int64?) {
        let draft = read(["Price": text], currency: currency).products.first?.draft
        #expect(draft?.variants.map(\.price) == [Money(amount ?? 0, currency)])
        #expect(draft?.status == (amount == nil ? .draft : .published))
        let compareAt = read(["Price": "0", "Compare-at price": text], currency: currency)
        #expect(compareAt.products.first?.draft.variants.first?.compareAtPrice?.amount == amount)
        #expect(compareAt.problems.contains { $0.kind == .unreadable } == (amount == nil))
        #expect(compareAt.products.first?.draft.status == .published)
    }

    @Test func aPriceThatIsNoPlainNumberIsReported() {
        let file = read(["Price": "1.299,00"])
        #expect(file.problems.map(\.description) == ["row 2, Price: “1.299,00” was read as 1299.00"])
    }

    @Test(
        arguments: [
            ("5", 5), ("5.0", 5), ("5.00", 5), ("1,299", 1_299), ("-2", 0), ("0", 0), ("5.5", nil), ("1.000", nil),
            ("many", nil), ("", nil), ("99999999999", nil),
        ] as [(String, Int?)])
    func quantities(_ text: String, _ quantity: Int?) {
        let file = read(["Inventory tracker": "shopify", "Inventory quantity": text])
        let variant = file.products.first?.draft.variants.first
        #expect(variant?.inventoryQuantity == quantity ?? 0 && variant?.keepsStock == (quantity == nil))
        #expect(file.problems.contains { $0.column == "Inventory quantity" && $0.kind != .notice } == (quantity == nil))
    }

    @Test func textsOfSeveralLinesAndTooLongOnes() {
        let long = String(repeating: "x", count: 600)
        let file = read([
            "Title": "Oak\r\ntray", "Vendor": "A\tB", "Type": long, "Tags": "a\nb, \(long)", "SKU": "S\n1",
            "Option1 name": "Si\nze", "Option1 value": "Very\nlarge", "Image Src": "https://x.test/1.jpg",
            "Image Alt Text": "one\n\ntwo\n", "SEO title": "S\nT", "SEO description": "line\nline",
        ])
        let draft = file.products.first?.draft
        #expect(draft?.title == "Oak tray" && draft?.vendor == "A B" && draft?.category?.count == DraftLimits.category)
        #expect(draft?.tags.first == "a b" && draft?.tags.last?.count == DraftLimits.tag)
        #expect(draft?.optionNames == ["Si ze"] && draft?.variants.map(\.optionValues) == [["Very large"]])
        #expect(draft?.variants.map(\.sku) == ["S 1"] && draft?.images.map(\.alt) == ["one two"])
        #expect(draft?.seo == Product.SEO(title: "S T", description: "line\nline"))
        #expect(Set(file.problems.map(\.kind)) == [.notice])
    }

    @Test(
        arguments: [
            ("https://x.test/a b\".jpg", "https://x.test/a%20b%22.jpg"), ("//cdn.test/a.jpg", "https://cdn.test/a.jpg"),
            ("https://x.test/木.jpg", "https://x.test/%E6%9C%A8.jpg"), ("/media/a.svg", "/media/a.svg"),
            ("javascript:alert(1)", nil), ("a.jpg", nil), ("https://", nil), ("data:image/png;base64,AA", nil),
            ("https://x.test/a.jpg, https://x.test/b.jpg", nil),
            ("https://x.test/" + String(repeating: "a", count: 2_100), nil),
        ] as [(String, String?)])
    func pictures(_ text: String, _ url: String?) {
        let file = read(["Product image URL": text, "Variant image URL": text])
        #expect(file.products.first?.draft.images.map(\.url) == [url].compactMap(\.self))
        #expect(file.products.first?.draft.variants.map(\.imageURL) == [url])
        #expect(file.problems.isEmpty == (url != nil))
    }

    @Test(
        arguments: [
            ("active", "TRUE", Product.Status.published, false), ("Active", "", .published, false),
            ("", "true", .published, false), ("active", "FALSE", .draft, false), ("draft", "true", .draft, false),
            ("archived", "true", .archived, false), ("unlisted", "true", .draft, true),
            ("Unlisted", "", .draft, true), ("soon", "true", .draft, true), ("active", "WAHR", .draft, true),
            ("", "2024-01-01", .draft, true), ("active", "global", .draft, true),
        ] as [(String, String, Product.Status, Bool)])
    func onlyActiveProductsAreOnSale(
        _ status: String, _ published: String, _ expected: Product.Status, _ isReported: Bool
    ) {
        let file = read(["Status": status, "Published": published])
        #expect(file.products.first?.draft.status == expected)
        #expect(file.problems.map(\.kind) == (isReported ? [.notOnSale] : []))
    }

    @Test func giftCardsAndGoodsWithoutShippingOrTax() {
        let card = read(["Gift card": "TRUE", "Status": "active"])
        #expect(card.products.first?.draft.status == .draft && card.problems.map(\.kind) == [.notOnSale])
        let song = read(["Requires shipping": "FALSE", "Charge tax": "false", "Gift card": "FALSE"])
        #expect(song.products.first?.draft.status == .published)
        #expect(song.problems.map(\.kind) == [.unsupported, .unsupported])
        #expect(song.problems.compactMap(\.column) == ["Requires shipping", "Charge tax"])
    }

    @Test func optionsWithoutNamesOrValues() {
        func options(_ rows: String...) -> (names: [String]?, values: [[String]]?) {
            let header = "Handle,Title,Option1 Name,Option1 Value,Option2 Name,Option2 Value,Price,Vendor"
            let file = ShopifyCSV(Array(([header] + rows).joined(separator: "\n").utf8), currency: .usd)
            let draft = file.products.first?.draft
            return (draft?.optionNames, draft?.variants.map(\.optionValues))
        }
        let unnamed = options("a,A,,S,,,5,", "a,,,M,,,5,")
        #expect(unnamed.names == ["Option 1"] && unnamed.values == [["S"], ["M"]])
        let empty = options("a,A,Size,S,Colour,,5,", "a,,,M,,,5,")
        #expect(empty.names == ["Size"] && empty.values == [["S"], ["M"]])
        let twice = options("a,A,Size,S,size,Wide,5,")
        #expect(twice.names == ["Size", "size 2"] && twice.values == [["S", "Wide"]])
        let late = options("a,A,,S,,,5,", "a,,Size,M,,,5,")
        #expect(late.names == ["Size"])
    }

    @Test func picturesInDescriptionsAreReported() {
        let file = read(["Description": "<p>See <img src='https://x.test/1.jpg'><IMG src=x></p>"])
        #expect(file.problems.map(\.kind) == [.unsupported])
        #expect(file.problems.first?.reason.contains("(2)") == true)
    }

    @Test func aDescriptionThatIsTooLongIsCut() throws {
        let description = String(
            repeating: "<p class='\(String(repeating: "c", count: 80))'>Some words</p>", count: 5_000)
        let short = try #require(read(["Description": description]).products.first?.draft.descriptionHTML)
        #expect(short.count == 5_000 * "<p>Some words</p>".count)
        let file = read(["Description": description + description])
        let cut = try #require(file.products.first?.draft.descriptionHTML)
        #expect(cut.count < DraftLimits.descriptionHTML && cut.hasSuffix("</p>"))
        #expect(file.problems.map(\.kind) == [.notice])
    }
}
