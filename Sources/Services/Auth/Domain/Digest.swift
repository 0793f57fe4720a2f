import Crypto
import ServiceKit

enum Digest {
    /// Lower-case hex.
    static func sha256(_ text: String) -> String { hexadecimal(SHA256.hash(data: Array(text.utf8))) }

    /// Lower-case hex; for what could be guessed from a plain digest.
    static func hmac(_ text: String, key: [UInt8]) -> String {
        KeyedDigest(key: key).text(for: text, bytes: 32)
    }
}
