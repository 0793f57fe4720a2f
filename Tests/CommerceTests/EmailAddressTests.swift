import Commerce
import Testing

@Suite struct EmailAddressTests {
    @Test(arguments: ["ada@example.com", " Ada@Example.COM ", "a.b+c@x.co"]) func addressesAreAccepted(text: String) {
        #expect(EmailAddress.normalised(text) != nil)
    }

    @Test(arguments: [
        "", "ada", "ada@", "@x.y", "a b@x.yz", "a@x", "a@x.y\r\nBcc: z@x.y", "a@@x.yz", "<a@x.yz>",
        "a<\u{301}b@x.yz", "a\u{301}@x.yz", "\u{212A}im@x.yz", "zoë@x.yz", "a@bücher.example", "a@x\u{3002}yz",
        ".a@x.yz", "a.@x.yz", "a..b@x.yz", "a@-x.yz", "a@x-.yz", "a@.yz", "a@x..yz", "a@x.yz.", "a\u{0}@x.yz",
        String(repeating: "a", count: 65) + "@x.yz", "a@" + String(repeating: "x", count: 64) + ".yz",
        "a@" + String(repeating: "abcdefgh.", count: 28) + "yz",
    ])
    func whatIsNoAddressIsRefused(text: String) {
        #expect(EmailAddress.normalised(text) == nil)
    }
}
