import Crypto
import CryptoExtras
import Foundation
import Identity

/// A stored password: algorithm, cost, salt and hash in one line (PHC string format), so that the cost can grow
/// without a migration: `$scrypt$ln=14,r=8,p=5$<salt>$<hash>`, both base64url without padding.
struct PasswordHash: Sendable {
    var cost: PasswordCost
    var salt: [UInt8]
    var hash: SymmetricKey

    static let saltBytes = 16
    static let hashBytes = 32

    /// Takes about 0.2 s of a core and 128 × N × r bytes: never call it on Swift's cooperative threads.
    init(of password: String, cost: PasswordCost) throws {
        let salt = (0..<Self.saltBytes).map { _ in UInt8.random(in: .min ... .max) }
        self.init(cost: cost, salt: salt, hash: try Self.derive(password, salt: salt, cost: cost))
    }

    private init(cost: PasswordCost, salt: [UInt8], hash: SymmetricKey) {
        self.cost = cost
        self.salt = salt
        self.hash = hash
    }

    /// Costs the same whether it is the password or not; `SymmetricKey` compares in constant time.
    func matches(_ password: String) throws -> Bool {
        try Self.derive(password, salt: salt, cost: cost) == hash
    }

    private static func derive(_ password: String, salt: [UInt8], cost: PasswordCost) throws -> SymmetricKey {
        // One password, however the keyboard composed it: NFKC, as NIST SP 800-63B, section 5.1.1.2, asks for.
        let text = password.precomposedStringWithCompatibilityMapping
        return try KDF.Scrypt.deriveKey(
            from: Array(text.utf8), salt: salt, outputByteCount: hashBytes, rounds: 1 << cost.logN,
            blockSize: cost.blockSize, parallelism: cost.parallelism)
    }

    var text: String {
        let bytes = hash.withUnsafeBytes { Base64URL.encode($0) }
        return "$scrypt$ln=\(cost.logN),r=\(cost.blockSize),p=\(cost.parallelism)$\(Base64URL.encode(salt))$\(bytes)"
    }

    /// Reads what `text` wrote; nil when it is something else.
    init?(_ text: String) {
        let parts = text.split(separator: "$")
        guard parts.count == 4, parts[0] == "scrypt", let salt = Base64URL.decode(parts[2]),
            let hash = Base64URL.decode(parts[3]), hash.count == Self.hashBytes
        else { return nil }
        let numbers = parts[1].split(separator: ",").map { $0.split(separator: "=") }
        guard numbers.count == 3, numbers.allSatisfy({ $0.count == 2 }), numbers.map(\.[0]) == ["ln", "r", "p"],
            let logN = Int(numbers[0][1]), (1...20).contains(logN), let blockSize = Int(numbers[1][1]), blockSize > 0,
            let parallelism = Int(numbers[2][1]), parallelism > 0
        else { return nil }
        self.init(
            cost: PasswordCost(logN: logN, blockSize: blockSize, parallelism: parallelism), salt: salt,
            hash: SymmetricKey(data: hash))
    }
}
