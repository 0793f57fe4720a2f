import Commerce
import Testing

@Suite struct CurrencyTests {
    @Test(arguments: [("JPY", 0), ("USD", 2), ("eur", 2), ("KWD", 3), ("CLP", 0)])
    func eachCurrencyHasItsExponent(code: String, exponent: Int) throws {
        #expect(try #require(Currency(code)).exponent == exponent)
    }

    @Test(arguments: ["", "US", "USDX", "ZZZ"]) func unknownCurrenciesAreRefused(code: String) {
        #expect(Currency(code) == nil)
    }
}
