import Commerce
import Identity
import Testing

@Suite struct LinkSignerTests {
    private let signer = LinkSigner(secret: Array(repeating: 1, count: 32))
    private let now = Instant(milliseconds: 1_800_000_000_000)
    private var token: String { signer.token(for: "ord_1", until: now.advanced(by: .seconds(60))) }

    @Test func aLinkIsAcceptedForItsSubjectUntilItExpires() {
        #expect(signer.accepts(token, for: "ord_1", at: now))
        #expect(signer.accepts(token, for: "ord_1", at: now.advanced(by: .seconds(59))))
        #expect(!signer.accepts(token, for: "ord_1", at: now.advanced(by: .seconds(60))))
    }

    @Test func anythingElseIsRefused() {
        #expect(!signer.accepts(token, for: "ord_2", at: now))
        #expect(!LinkSigner(secret: Array(repeating: 2, count: 32)).accepts(token, for: "ord_1", at: now))
        #expect(!signer.accepts("9" + token, for: "ord_1", at: now))
        for text in ["", ".", "1", "1.", token + ".", token + "A", String(token.dropLast())] {
            #expect(!signer.accepts(text, for: "ord_1", at: now), "\(text)")
        }
    }

    @Test func theSameLinkHasTheSameToken() { #expect(token == token) }
}
