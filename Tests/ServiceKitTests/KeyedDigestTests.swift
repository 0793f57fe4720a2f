import ServiceKit
import Testing

@Suite struct KeyedDigestTests {
    /// RFC 4231, test case 1.
    @Test func isTheHMACOfTheText() {
        let digest = KeyedDigest(key: Array(repeating: 0x0B, count: 20))
        #expect(
            digest.text(for: "Hi There", bytes: 32)
                == "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7")
        #expect(digest.text(for: "Hi There") == "b0344c61d8db38535ca8afceaf0bf12b")
    }

    @Test func aKeyOfItsOwnIsNoOthers() {
        #expect(KeyedDigest().text(for: "a") != KeyedDigest().text(for: "a"))
    }
}
