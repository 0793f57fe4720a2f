import Crypto

/// Stands for a text that must not be stored in clear, such as the network of a client. A plain digest would not hide an
/// address: there are few enough to try all.
package struct KeyedDigest: Sendable {
    private let key: SymmetricKey

    /// - Parameter key: At least 32 random bytes, the same wherever digests are compared.
    package init(key: [UInt8]) { self.key = SymmetricKey(data: key) }

    /// With a key of its own, which nobody else has.
    package init() { key = SymmetricKey(size: .bits256) }

    /// HMAC-SHA256 (RFC 2104) in lower-case hexadecimal digits.
    ///
    /// - Parameter bytes: How many of the 32 bytes.
    package func text(for text: String, bytes: Int = 16) -> String {
        hexadecimal(HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: key).prefix(bytes))
    }
}
