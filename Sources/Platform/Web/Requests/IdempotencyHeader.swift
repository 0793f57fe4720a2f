import Crypto
import HTTPTypes
package import Hummingbird
package import NIOCore
package import ServiceKit

/// The `Idempotency-Key` request header.
package enum IdempotencyHeader {
    /// The caller's key for this request; nil when it sent none.
    ///
    /// Throws `unreadable` (400 `invalid_idempotency_key`) unless the key is 1–255 visible ASCII characters.
    package static func key(
        of request: Request, caller: String, requestHash: String
    ) throws(ServiceError) -> IdempotencyKey? {
        guard let name, let key = request.headers[name] else { return nil }
        guard (1...255).contains(key.utf8.count), key.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw ServiceError(
                ErrorCode.invalidIdempotencyKey,
                "An Idempotency-Key has 1 to 255 visible ASCII characters.")
        }
        return IdempotencyKey(caller: caller, key: key, requestHash: requestHash)
    }

    /// SHA-256 in hex of `METHOD path`, a newline and the body.
    package static func digest(method: String, path: String, body: ByteBuffer) -> String {
        var hash = SHA256()
        hash.update(data: Array("\(method) \(path)\n".utf8))
        body.withUnsafeReadableBytes { hash.update(bufferPointer: $0) }
        return hexadecimal(hash.finalize())
    }

    private static let name = HTTPField.Name("Idempotency-Key")
}
