import Commerce
import Testing

@testable import Storefront

@Suite struct PricesTests {
    @Test(
        arguments: [
            (1999, "USD", "$19.99"), (5, "USD", "$0.05"), (0, "EUR", "€0.00"), (129_900, "GBP", "£1,299.00"),
            (4_200, "JPY", "¥4,200"), (1_250, "KWD", "KWD\u{A0}1.250"), (-480, "USD", "−$4.80"),
            (123_456_789_00, "USD", "$123,456,789.00"), (Int64.min, "JPY", "−¥9,223,372,036,854,775,808"),
        ] as [(Int64, String, String)])
    func amountsAreFormattedWithTheirCurrency(amount: Int64, code: String, expected: String) throws {
        #expect(Prices.text(Money(amount, try #require(Currency(code)))) == expected)
    }

    @Test(
        arguments: [
            ("12", 1_200), ("12.5", 1_250), ("12,50", 1_250), ("1,299.00", 129_900), ("1,299", nil), ("0.999", nil),
            ("", nil), ("-1", nil), ("1.2.3", nil),
            ("x", nil),
            (".5", nil), ("99999999999999999999", nil),
        ] as [(String, Int64?)])
    func typedPricesAreRead(text: String, expected: Int64?) {
        #expect(Prices.amount(of: text, in: .usd) == expected)
    }

    @Test func yenHaveNoDecimals() {
        #expect(Prices.amount(of: "1,200", in: .jpy) == 1_200)
        #expect(Prices.amount(of: "1200.50", in: .jpy) == nil)
        #expect(Prices.plain(1_250, .kwd) == "1.250")
    }
}
