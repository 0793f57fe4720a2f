import Commerce
import Testing

@Suite struct MoneyTests {
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
    func allocatedPartsSumToTheWhole(total: Int64, weights: [Int64], expected: [Int64]) throws {
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
