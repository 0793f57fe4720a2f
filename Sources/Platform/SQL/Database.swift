/// One service's database. Bodies are synchronous and run on the connection's own thread: nothing remote can happen
/// while locks are held. The caller's `CallContext` is the current one in them.
package protocol Database: Sendable {
    var dialect: SQLDialect { get }
    /// What committed transactions notify.
    var channels: Channels { get }

    /// Runs the body on a consistent snapshot. Writing in it throws.
    func read<Value: Sendable>(_ body: @escaping @Sendable (any SQLTransaction) throws -> Value) async throws -> Value

    /// Runs the body in one transaction: all of it happens, durably, or nothing. The body may run again after a
    /// conflict, so it must have no effect outside the transaction.
    ///
    /// Others may write meanwhile. Decisions are therefore made in the condition of an update, on a row that was read with
    /// ``SQLDialect/forUpdate``, in a constraint, or under ``SQLTransaction/lock(_:)``.
    func write<Value: Sendable>(_ body: @escaping @Sendable (any SQLTransaction) throws -> Value) async throws -> Value
}
