import ServiceKit
import Testing

@Suite struct HexadecimalTests {
    @Test func `every byte has two digits`() {
        #expect(hexadecimal([0, 9, 10, 15, 16, 255]) == "00090a0f10ff")
        #expect(hexadecimal([]) == "")
    }

    @Test func `digits have their value whatever their case`() {
        #expect("0123456789abcdefABCDEF".utf8.map(hexadecimalValue) == (Array(0...15) + Array(10...15)).map { $0 })
        for other in "/:@G`g \u{0}".utf8 { #expect(hexadecimalValue(of: other) == nil) }
    }
}
