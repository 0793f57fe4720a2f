import Crypto
import Identity

/// Compares a password with a stored hash.
struct VerifyPassword: Sendable {
    private let queue: PasswordHashingQueue
    /// For a login with an unknown email address, so that it takes as long as any other.
    private let placeholder: PasswordHash

    /// - Parameter cost: Of the passwords that are hashed now.
    init(cost: PasswordCost, queue: PasswordHashingQueue) {
        self.queue = queue
        placeholder = PasswordHash(
            cost: cost, salt: Array(repeating: 0, count: PasswordHash.saltLength),
            bytes: Array(repeating: 0, count: PasswordHash.length))
    }

    /// - Parameter stored: Nil when there is no such account: the hash is computed all the same, and never matches.
    func run(_ password: String, against stored: String?) async throws -> Bool {
        try await queue.run { [placeholder] in
            let expected = if let stored { PasswordHash(stored) } else { Optional(placeholder) }
            guard let expected else { throw UnreadablePasswordHash() }
            let text = String(password.prefix(PasswordRules.length.upperBound + 1))
            let key = try HashPassword.derive(text, salt: expected.salt, cost: expected.cost)
            return key == SymmetricKey(data: expected.bytes) && stored != nil
        }
    }
}

/// The stored text is not one that ``PasswordHash`` wrote.
struct UnreadablePasswordHash: Error {}
