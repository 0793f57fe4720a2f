import Commerce
import ServiceKit
import Testing

@testable import Storefront

@Suite struct FormTests {
    @Test func readsWhatBrowsersSend() throws {
        let form = try FormFields(Array("name=Ada+Park&city=K%C3%B6ln&plus=1%2B1&empty=&flag&quantity=+3+".utf8))
        #expect(form.text("name") == "Ada Park")
        #expect(form.text("city") == "Köln")
        #expect(form.text("plus") == "1+1")
        #expect(form.optional("empty") == nil)
        #expect(form.optional("flag") == nil)
        #expect(form.int("quantity") == 3)
        #expect(form.text("absent") == "")
    }

    @Test func passwordsStayAsTyped() throws {
        #expect(try FormFields(Array("password=+a%20b+".utf8)).exact("password") == " a b ")
    }

    @Test(arguments: ["a=%", "a=%zz", "a=%FF", "%C3=1"])
    func malformedFormsAreRefused(text: String) {
        #expect(throws: ServiceError.self) { try FormFields(Array(text.utf8)) }
    }

    @Test func tooManyFieldsAreRefused() {
        let text = (0...200).map { "f\($0)=1" }.joined(separator: "&")
        #expect(throws: ServiceError.self) { try FormFields(Array(text.utf8)) }
    }

    @Test(arguments: [
        ("/checkout", "/checkout"), ("/account/orders/x?y=1", "/account/orders/x?y=1"), ("//evil.example", "/account"),
        ("https://evil.example", "/account"), ("/\\evil.example", "/account"), ("", "/account"), ("/a\nb", "/account"),
    ])
    func logInLeadsOnlyIntoTheShop(next: String, expected: String) {
        #expect(LocalPath.checked(next) == expected)
    }

    @Test(arguments: ["../secret.svg", "..", ".env", "a/b.svg", "a%2fb.svg", "", "a\\b.svg", "ü.svg"])
    func mediaNamesCannotLeaveTheFolder(name: String) {
        #expect(!FileShelf.isPlain(name))
    }
}

@Suite struct PricesTests {
    @Test(
        arguments: [
            (1999, "USD", "$19.99"), (5, "USD", "$0.05"), (0, "EUR", "€0.00"), (129_900, "GBP", "£1,299.00"),
            (4_200, "JPY", "¥4,200"), (1_250, "KWD", "KWD\u{A0}1.250"), (-480, "USD", "−$4.80"),
            (123_456_789_00, "USD", "$123,456,789.00"), (Int64.min, "JPY", "−¥9,223,372,036,854,775,808"),
        ] as [(Int64, String, String)])
    func readLikeAPriceTag(amount: Int64, code: String, expected: String) throws {
        #expect(Prices.text(Money(amount, try #require(Currency(code)))) == expected)
    }

    @Test(
        arguments: [
            ("12", 1_200), ("12.5", 1_250), ("12,50", 1_250), ("0.999", 99), ("", nil), ("-1", nil), ("1.2.3", nil),
            ("x", nil),
            (".5", nil), ("99999999999999999999", nil),
        ] as [(String, Int64?)])
    func areReadAsTyped(text: String, expected: Int64?) {
        #expect(Prices.amount(of: text, in: .usd) == expected)
    }

    @Test func yenHaveNoDecimals() {
        #expect(Prices.amount(of: "1200.50", in: .jpy) == 1_200)
        #expect(Prices.plain(1_250, .kwd) == "1.250")
    }
}
