/// What the body of a transaction can do. Must not leave the body.
package protocol SQLTransaction {
    var dialect: SQLDialect { get }
    func query(_ statement: SQLStatement) throws -> [SQLRow]
    /// - Returns: How many rows changed.
    @discardableResult func execute(_ statement: SQLStatement) throws -> Int
    /// Runs several statements without binds: migrations only.
    func run(unsafeScript: String) throws
    /// Wakes the tasks of this process that wait on the channel, once the transaction is durable; none when it is rolled back.
    func notify(_ channel: Channel)
}

extension SQLTransaction {
    package func first(_ statement: SQLStatement) throws -> SQLRow? { try query(statement).first }
}
