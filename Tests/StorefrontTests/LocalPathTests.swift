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
}
