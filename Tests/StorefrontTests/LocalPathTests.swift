import Testing

@testable import Storefront

@Suite struct LocalPathTests {
    @Test(arguments: [
        ("/checkout", "/checkout"), ("/account/orders/x?y=1", "/account/orders/x?y=1"), ("//evil.example", "/account"),
        ("https://evil.example", "/account"), ("/\\evil.example", "/account"), ("", "/account"), ("/a\nb", "/account"),
    ])
    func redirectsAfterLoggingInStayInTheShop(next: String, expected: String) {
        #expect(LocalPath.checked(next) == expected)
    }

    @Test(
        arguments: [
            ("mug", "mug"), ("a b&c=d", "a%20b%26c%3Dd"), ("/x?y", "%2Fx%3Fy"), ("Köln\n", "K%C3%B6ln%0A"),
            ("-._~9Z", "-._~9Z"), ("", ""),
        ])
    func partsOfAURLArePercentEncoded(text: String, expected: String) {
        #expect(LocalPath.encoded(text) == expected)
    }
}
