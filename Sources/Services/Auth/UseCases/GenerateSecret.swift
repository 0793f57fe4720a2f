import Identity
import ServiceKit

/// Makes a secret of random bytes, in base64url.
enum GenerateSecret {
    static func run(bytes: Int) -> String {
        Base64URL.encode(randomBytes(bytes))
    }
}
