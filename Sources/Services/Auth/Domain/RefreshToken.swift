import Crypto
import FoundationEssentials
import Identity
import ServiceKit

/// An opaque secret of 256 random bits. Only its digest is stored: it has too much entropy to be guessed from that.
struct RefreshToken: Sendable {
    let text: String

    /// Lets secret scanners recognise one that leaked.
    static let prefix = "mrt_"

    init() { text = Self.prefix + Base64URL.encode((0..<32).map { _ in UInt8.random(in: .min ... .max) }) }

    /// Nil when it cannot be one.
    init?(_ text: String) {
        guard text.utf8.count == Self.prefix.utf8.count + 43, text.hasPrefix(Self.prefix) else { return nil }
        self.text = text
    }

    var digest: String { Digest.sha256(text) }
}

enum Digest {
    /// Lower-case hex.
    static func sha256(_ text: String) -> String { hexadecimal(SHA256.hash(data: Data(text.utf8))) }

    /// Lower-case hex; for what could be guessed from a plain digest.
    static func hmac(_ text: String, key: [UInt8]) -> String {
        hexadecimal(HMAC<SHA256>.authenticationCode(for: Data(text.utf8), using: SymmetricKey(data: key)))
    }
}
