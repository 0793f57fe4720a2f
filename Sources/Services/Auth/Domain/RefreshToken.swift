/// An opaque secret of 256 random bits. Only its digest is stored: it has too much entropy to be guessed from that.
struct RefreshToken: Sendable {
    let text: String

    /// Lets secret scanners recognise a leaked token.
    static let prefix = "mrt_"

    /// The number of random bytes in a secret.
    static let secretLength = 32

    /// - Parameter secret: In base64url.
    init(secret: String) { text = Self.prefix + secret }

    /// Nil when the text does not have the form of a token.
    init?(_ text: String) {
        guard text.utf8.count == Self.prefix.utf8.count + 43, text.hasPrefix(Self.prefix) else { return nil }
        self.text = text
    }

    var digest: String { Digest.sha256(text) }
}
