import Identity

/// A stored password: algorithm, cost, salt and hash in one line (PHC string format), so that the cost can grow
/// without a migration: `$scrypt$ln=14,r=8,p=5$<salt>$<hash>`, both base64url without padding.
struct PasswordHash: Sendable {
    var cost: PasswordCost
    var salt: [UInt8]
    var bytes: [UInt8]

    static let saltLength = 16
    static let length = 32

    init(cost: PasswordCost, salt: [UInt8], bytes: [UInt8]) {
        self.cost = cost
        self.salt = salt
        self.bytes = bytes
    }

    var text: String {
        let parameters = "ln=\(cost.logN),r=\(cost.blockSize),p=\(cost.parallelism)"
        return "$scrypt$\(parameters)$\(Base64URL.encode(salt))$\(Base64URL.encode(bytes))"
    }

    /// Reads what ``text`` wrote; nil when it is something else.
    init?(_ text: String) {
        let parts = text.split(separator: "$")
        guard parts.count == 4, parts[0] == "scrypt", let salt = Base64URL.decode(parts[2]),
            let bytes = Base64URL.decode(parts[3]), bytes.count == Self.length
        else { return nil }
        let numbers = parts[1].split(separator: ",").map { $0.split(separator: "=") }
        guard numbers.count == 3, numbers.allSatisfy({ $0.count == 2 }), numbers.map(\.[0]) == ["ln", "r", "p"],
            let logN = Int(numbers[0][1]), (1...20).contains(logN), let blockSize = Int(numbers[1][1]), blockSize > 0,
            let parallelism = Int(numbers[2][1]), parallelism > 0
        else { return nil }
        self.init(
            cost: PasswordCost(logN: logN, blockSize: blockSize, parallelism: parallelism), salt: salt, bytes: bytes)
    }
}
