/// What a transaction's body can do. Never leaves the body.
package protocol SQLTransaction {
    var dialect: SQLDialect { get }
    func query(_ statement: SQLStatement) throws -> [SQLRow]
    /// - Returns: How many rows changed.
    @discardableResult func execute(_ statement: SQLStatement) throws -> Int
    /// Runs several statements without binds: migrations only.
    func run(unsafeScript: String) throws
    /// Wakes those in this process who wait on the channel, once the transaction is durable; nobody when it is undone.
    func notify(_ channel: Channel)
}

extension SQLTransaction {
    package func first(_ statement: SQLStatement) throws -> SQLRow? { try query(statement).first }
}
