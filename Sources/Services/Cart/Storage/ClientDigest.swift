import Crypto
import ServiceKit

/// Replaces clients' networks in the keys of the store by keyed digests. A plain digest would not hide an address:
/// there are few enough to try all.
struct ClientDigest: Sendable {
    private let key: SymmetricKey

    /// - Parameter key: At least 32 random bytes, the same in every replica.
    init(key: [UInt8]) { self.key = SymmetricKey(data: key) }

    /// 128 bits of HMAC-SHA256 in lower-case hex.
    func text(for client: String) -> String {
        hexadecimal(HMAC<SHA256>.authenticationCode(for: Array(client.utf8), using: key).prefix(16))
    }
}
