import Commerce
import Testing

@Suite struct DecimalFormatTests {
    @Test(
        arguments: [
            (129_900, 2, "1,299.00"), (5, 2, "0.05"), (0, 0, "0"), (4_200, 0, "4,200"), (1_250, 3, "1.250"),
            (-1_234_567_89, 2, "-1,234,567.89"), (-1, 3, "-0.001"), (Int64.min, 0, "-9,223,372,036,854,775,808"),
        ] as [(Int64, Int, String)])
    func `numbers are written with their decimals`(amount: Int64, decimals: Int, text: String) {
        #expect(DecimalFormat.text(amount, decimals: decimals, grouped: true) == text)
        #expect(DecimalFormat.text(amount, decimals: decimals) == text.replacing(",", with: ""))
    }

    @Test(
        arguments: [
            ("24.50", 2, 2_450), ("19,99", 2, 1_999), ("1,299.00", 2, 129_900), ("1.299,00", 2, 129_900),
            ("1'299.00", 2, 129_900), ("12", 2, 1_200), ("12.5", 2, 1_250), ("12.5000", 2, 1_250), ("1.299", 3, 1_299),
            ("1,299", 0, 1_299),
        ] as [(String, Int, Int64)])
    func `numbers are read however they are written`(text: String, decimals: Int, value: Int64) {
        #expect(DecimalFormat.read(text, decimals: decimals)?.value == value)
    }

    @Test(arguments: ["", "x", "1.", ".5", "-1", "1.299", "1,299", "12.505", "1.2.3,4", "1e3", "99999999999999999999"])
    func `what can be read in two ways or not at all is none`(text: String) {
        #expect(DecimalFormat.read(text, decimals: 2) == nil)
    }

    @Test func `money is written with its currency's decimals`() {
        #expect(Money(129_900, .usd).decimalText(grouped: true) == "1,299.00")
        #expect(Money(1_980, .jpy).decimalText() == "1980")
    }

    @Test func `white space at the ends is left out`() {
        #expect(" \t a b\n".trimmed == "a b" && " \u{A0}\n".trimmed == "" && "".trimmed == "")
        #expect(" \n".isBlank && "".isBlank && !" a".isBlank)
    }
}
