import Crypto
import CryptoExtras
import Foundation
import Identity
import ServiceKit

/// Hashes new passwords with scrypt.
struct HashPassword: Sendable {
    let cost: PasswordCost
    let queue: PasswordHashingQueue

    /// - Returns: What is stored: see ``PasswordHash``.
    func run(_ password: String) async throws -> String {
        try await queue.run { [cost] in
            let salt = randomBytes(PasswordHash.saltLength)
            let key = try Self.derive(password, salt: salt, cost: cost)
            return PasswordHash(cost: cost, salt: salt, bytes: key.withUnsafeBytes { Array($0) }).text
        }
    }

    /// Takes about 0.2 s of a core and 128 × N × r bytes: call it in ``PasswordHashingQueue/run(_:)`` only, never on
    /// Swift's cooperative threads.
    /// - Returns: A key, because keys are compared in constant time.
    static func derive(_ password: String, salt: [UInt8], cost: PasswordCost) throws -> SymmetricKey {
        // The same password however the keyboard composed it: NFKC, as NIST SP 800-63B, section 5.1.1.2, asks for.
        let text = password.precomposedStringWithCompatibilityMapping
        return try KDF.Scrypt.deriveKey(
            from: Array(text.utf8), salt: salt, outputByteCount: PasswordHash.length, rounds: 1 << cost.logN,
            blockSize: cost.blockSize, parallelism: cost.parallelism)
    }
}
