import ServiceKit
import Testing

@Suite struct PercentEncodingTests {
    @Test(arguments: ["", "plain", "a b&c=d/é?😀%", "\u{0}\u{7F}+"])
    func `text comes back as it was`(text: String) {
        let encoded = PercentEncoding.encoded(text)
        #expect(encoded.utf8.allSatisfy { (0x21...0x7E).contains($0) && !" &=/?+".utf8.contains($0) })
        #expect(PercentEncoding.decoded(encoded.utf8) == text)
    }

    @Test func `a plus is a space in forms only`() {
        #expect(PercentEncoding.decoded("a+b%2Bc".utf8, plusIsSpace: true) == "a b+c")
        #expect(PercentEncoding.decoded("a+b".utf8) == "a+b")
    }

    @Test(arguments: ["%", "a%4", "%zz", "%4g", "%ff", "%C3"])
    func `broken escapes and what is not UTF-8 are refused`(text: String) {
        #expect(PercentEncoding.decoded(text.utf8) == nil)
    }

    @Test(
        arguments: [
            ("mug", "mug"), ("a b&c=d", "a%20b%26c%3Dd"), ("/x?y", "%2Fx%3Fy"), ("Köln\n", "K%C3%B6ln%0A"),
            ("-._~9Z", "-._~9Z"), ("", ""),
        ])
    func `all but unreserved characters are escaped`(text: String, expected: String) {
        #expect(PercentEncoding.encoded(text) == expected)
    }
}
