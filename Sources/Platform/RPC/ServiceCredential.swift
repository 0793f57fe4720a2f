import Crypto
import Foundation
package import ServiceKit
import Synchronization

/// How one service shows another that it belongs to the same shop: an HMAC (RFC 2104, SHA-256) of its name and an expiry
/// under a key that all services share. It is no customer's identity: their tokens are verified beside it.
package final class ServiceCredential: Sendable {
    /// Under which header or metadata key it travels.
    package static let header = "magpie-service"
    /// How long one proof is good for, and how far clocks may differ.
    static let lifetime = 120

    private struct Proof {
        var text: String
        var renewAt: Int
    }
    let name: String
    private let key: SymmetricKey
    private let clock: @Sendable () -> Int
    private let current = Mutex<Proof?>(nil)

    /// - Parameters:
    ///   - name: The service that shows it: `order-service`.
    ///   - secret: The shared key, at least 32 bytes of text.
    ///   - clock: Seconds since 1970.
    package init(
        name: String, secret: String,
        clock: @escaping @Sendable () -> Int = { Int(Date().timeIntervalSince1970) }
    ) {
        self.name = name
        self.clock = clock
        key = SymmetricKey(data: SHA256.hash(data: Data("magpie-service:\(secret)".utf8)))
    }

    /// `name;expiry;proof`, made anew every minute.
    package var proof: String {
        let now = clock()
        return current.withLock { current in
            if let current, current.renewAt > now { return current.text }
            let claim = "\(name);\(now + Self.lifetime)"
            let code = HMAC<SHA256>.authenticationCode(for: Data(claim.utf8), using: key)
            let text = "\(claim);\(Data(code).base64EncodedString())"
            current = Proof(text: text, renewAt: now + Self.lifetime / 2)
            return text
        }
    }

    /// The name of the service that shows this proof. Throws `service_credential_invalid` (401).
    package func verify(_ proof: String?) throws(ServiceError) -> String {
        let now = clock()
        let parts = (proof ?? "").split(separator: ";", omittingEmptySubsequences: false)
        guard parts.count == 3, let expiry = Int(parts[1]), let code = Data(base64Encoded: String(parts[2])),
            HMAC<SHA256>.isValidAuthenticationCode(
                code, authenticating: Data("\(parts[0]);\(parts[1])".utf8), using: key),
            expiry > now - Self.lifetime, expiry < now + 2 * Self.lifetime
        else { throw Self.refusal }
        return String(parts[0])
    }

    static let refusal = ServiceError(
        ErrorCode.serviceCredentialInvalid, "This call does not come from a service of the shop.")

    /// A secret of 32 bytes for a purpose of its own, the same in every process that has the key.
    package func derived(for purpose: String) -> [UInt8] {
        let derived = HKDF<SHA256>.deriveKey(inputKeyMaterial: key, info: Data(purpose.utf8), outputByteCount: 32)
        return derived.withUnsafeBytes { Array($0) }
    }
}
