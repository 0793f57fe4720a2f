import ServiceKit

/// Makes and checks password hashes off the cooperative pool.
struct PasswordHasher: Sendable {
    let cost: PasswordCost
    private let queues: HashingQueues
    /// What a login with an unknown mail address is checked against, so that it takes as long as any other.
    private let nobody: String

    init(cost: PasswordCost, limitPerClient: Int?) {
        self.cost = cost
        queues = HashingQueues(limitPerClient: limitPerClient)
        let zeros = String(repeating: "A", count: 43)
        nobody = "$scrypt$ln=\(cost.logN),r=\(cost.blockSize),p=\(cost.parallelism)$\(zeros.prefix(22))$\(zeros)"
    }

    /// The stored form of a new password.
    func hash(_ password: String) async throws -> String {
        let cost = cost
        return try await queues.run { try PasswordHash(of: password, cost: cost).text }
    }

    /// - Parameter stored: Nil when there is no such account: the hash is paid all the same, and never matches.
    func verify(_ password: String, against stored: String?) async throws -> Bool {
        let text = stored ?? nobody
        let known = stored != nil
        return try await queues.run {
            guard let hash = PasswordHash(text) else { throw UnreadablePasswordHash() }
            let matches = try hash.matches(String(password.prefix(PasswordRules.length.upperBound + 1)))
            return matches && known
        }
    }
}

/// The stored text is not one that `PasswordHash` wrote.
struct UnreadablePasswordHash: Error {}
