import Commerce
import Testing

@Suite struct MoneyTests {
    @Test(arguments: [("JPY", 0), ("USD", 2), ("eur", 2), ("KWD", 3), ("CLP", 0)])
    func exponentsAreTheCurrencysOwn(code: String, exponent: Int) throws {
        #expect(try #require(Currency(code)).exponent == exponent)
    }

    @Test(arguments: ["", "US", "USDX", "ZZZ"]) func unknownCurrenciesAreRefused(code: String) {
        #expect(Currency(code) == nil)
    }

    @Test(
        arguments: [(5, 1_000, 1), (4, 1_000, 0), (-5, 1_000, -1), (1_999, 725, 145), (0, 500, 0)]
            as [(Int64, Int, Int64)])
    func sharesRoundHalvesAwayFromZero(amount: Int64, basisPoints: Int, expected: Int64) throws {
        #expect(try Money(amount, .usd).share(basisPoints: basisPoints).amount == expected)
    }

    @Test func currenciesDoNotMix() {
        #expect(throws: MoneyError.currencyMismatch) { try Money(1, .usd).adding(Money(1, .eur)) }
        #expect(throws: MoneyError.overflow) { try Money(.max, .usd).adding(Money(1, .usd)) }
        #expect(throws: MoneyError.overflow) { try Money(.max, .usd).multiplied(by: 2) }
    }

    @Test(
        arguments: [
            (100, [1, 1, 1], [34, 33, 33]), (-100, [1, 1, 1], [-34, -33, -33]), (7, [0, 0], [7, 0]),
            (10, [3, 0, 7], [3, 0, 7]),
            (1, [1, 1], [1, 0]),
        ] as [(Int64, [Int64], [Int64])])
    func partsSumToTheWhole(total: Int64, weights: [Int64], expected: [Int64]) throws {
        let parts = try Money(total, .usd).allocated(by: weights).map(\.amount)
        #expect(parts == expected)
        #expect(parts.reduce(0, +) == total)
    }

    @Test func allocationIsExactForManyRandomAmounts() throws {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<500 {
            let total = Int64.random(in: -1_000_000...1_000_000, using: &generator)
            let weights = (0..<Int.random(in: 1...20)).map { _ in Int64.random(in: 0...10_000, using: &generator) }
            let parts = try Money(total, .usd).allocated(by: weights)
            #expect(parts.reduce(0) { $0 + $1.amount } == total)
        }
    }
}

@Suite struct IdentifierTests {
    @Test func idsSortByTheirTime() {
        let early = OrderID(at: Instant(milliseconds: 1_000))
        let late = OrderID(at: Instant(milliseconds: 2_000))
        #expect(early < late)
        #expect(early.rawValue.hasPrefix("ord_"))
        #expect(early.rawValue.count == 30)
    }

    @Test func foreignAndMalformedIdsAreRefused() {
        #expect(ProductID(OrderID().rawValue) == nil)
        #expect(ProductID("prod_1") == nil)
        #expect(ProductID("prod_" + String(repeating: "U", count: 26)) == nil)
        #expect(ProductID(ProductID().rawValue) != nil)
    }

    @Test func tenThousandIdsAreDifferent() {
        #expect(Set((0..<10_000).map { _ in CartID() }).count == 10_000)
    }
}

@Suite struct AddressTests {
    @Test(arguments: ["ada@example.com", " Ada@Example.COM ", "a.b+c@x.co"]) func goodMail(text: String) {
        #expect(EmailAddress.normalised(text) != nil)
    }

    @Test(arguments: [
        "", "ada", "ada@", "@x.y", "a b@x.yz", "a@x", "a@x.y\r\nBcc: z@x.y", "a@@x.yz", "<a@x.yz>",
        "a<\u{301}b@x.yz", "a\u{301}@x.yz", "\u{212A}im@x.yz", "zoë@x.yz", "a@bücher.example", "a@x\u{3002}yz",
        ".a@x.yz", "a.@x.yz", "a..b@x.yz", "a@-x.yz", "a@x-.yz", "a@.yz", "a@x..yz", "a@x.yz.", "a\u{0}@x.yz",
        String(repeating: "a", count: 65) + "@x.yz", "a@" + String(repeating: "x", count: 64) + ".yz",
        "a@" + String(repeating: "abcdefgh.", count: 28) + "yz",
    ])
    func badMail(text: String) {
        #expect(EmailAddress.normalised(text) == nil)
    }

    @Test func everyFaultIsNamed() {
        let address = Address(
            name: "", line1: "x\u{0}", city: " ", postalCode: String(repeating: "1", count: 21), country: "ZZ")
        #expect(address.problems.map(\.field) == ["name", "line1", "city", "postal_code", "country"])
    }

    /// One character to the eye, a megabyte to everything that stores it.
    @Test func endlessCharactersAreTooLong() {
        let name = "a" + String(repeating: "\u{301}", count: 200)
        let address = Address(name: name, line1: "x", city: "y", postalCode: "1", country: "US")
        #expect(name.count == 1 && address.problems.map(\.code) == ["too_long"])
    }
}
