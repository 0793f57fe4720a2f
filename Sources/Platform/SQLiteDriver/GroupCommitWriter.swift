import GRDB
import SQL
import Synchronization

/// Runs write transactions one after the other on the writer's thread; those that wait together share one commit, and
/// so one wait for the disk. Each keeps its own savepoint: a body that throws undoes only itself.
final class GroupCommitWriter: Sendable {
    /// A queued transaction: runs in the shared transaction, and gets the outcome of the commit later.
    private struct Job: Sendable {
        /// Returns what resumes the caller with the outcome of the commit (nil: durable).
        let run: @Sendable (GRDB.Database) -> @Sendable ((any Error)?) -> Void
    }

    private struct State {
        var waiting: [Job] = []
        var draining = false
    }

    private let pool: DatabasePool
    private let channels: Channels
    private let state = Mutex(State())
    /// How many transactions may share a commit: bounds how long the first of them waits.
    private let largestGroup = 64

    init(pool: DatabasePool, channels: Channels) {
        self.pool = pool
        self.channels = channels
    }

    /// Transactions that wait for their turn.
    var waiting: Int { state.withLock(\.waiting.count) }

    func perform<Value: Sendable>(
        _ body: @escaping @Sendable (any SQLTransaction) throws -> Value
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            let job = Job { [channels] connection in
                let result = Result { try Self.inSavepoint(connection, body) }
                return { commitFailure in
                    switch (result, commitFailure) {
                    case (.success(let (value, notifications)), nil):
                        channels.notify(notifications)
                        continuation.resume(returning: value)
                    case (.success, let failure?), (.failure(let failure), _):
                        continuation.resume(throwing: Self.mapped(failure))
                    }
                }
            }
            let mustDrain = state.withLock { state in
                state.waiting.append(job)
                defer { state.draining = true }
                return !state.draining
            }
            if mustDrain { drain() }
        }
    }

    private func drain() {
        pool.asyncWriteWithoutTransaction { connection in
            while true {
                let group = self.state.withLock { state in
                    let group = Array(state.waiting.prefix(self.largestGroup))
                    state.waiting.removeFirst(group.count)
                    if group.isEmpty { state.draining = false }
                    return group
                }
                if group.isEmpty { return }
                Self.commit(group, on: connection)
            }
        }
    }

    private static func commit(_ group: [Job], on connection: GRDB.Database) {
        var replies: [@Sendable ((any Error)?) -> Void] = []
        var failure: (any Error)?
        do {
            try connection.execute(sql: "BEGIN IMMEDIATE")
            replies = group.map { $0.run(connection) }
            try Self.requireTransaction(connection)
            try connection.execute(sql: "COMMIT")
        } catch {
            failure = error
            if connection.isInsideTransaction { try? connection.execute(sql: "ROLLBACK") }
            if replies.isEmpty {
                // BEGIN itself failed: nothing ran, every caller gets the reason.
                replies = group.map { job in job.run(connection) }
            }
        }
        for reply in replies { reply(failure) }
    }

    /// - Returns: Also the channels to notify when the commit holds.
    private static func inSavepoint<Value>(
        _ connection: GRDB.Database, _ body: (any SQLTransaction) throws -> Value
    ) throws -> (Value, Set<Channel>) {
        try requireTransaction(connection)
        try connection.execute(sql: "SAVEPOINT job")
        do {
            let transaction = SQLiteTransaction(connection: connection)
            let value = try body(transaction)
            try requireTransaction(connection)
            try connection.execute(sql: "RELEASE job")
            return (value, transaction.notifications.channels)
        } catch {
            if connection.isInsideTransaction { try connection.execute(sql: "ROLLBACK TO job; RELEASE job") }
            throw error
        }
    }

    /// A full disk, an I/O error or a lack of memory makes SQLite roll the whole group back by itself:
    /// https://sqlite.org/lang_transaction.html#response_to_errors_within_a_transaction
    private static func requireTransaction(_ connection: GRDB.Database) throws(SQLError) {
        if !connection.isInsideTransaction { throw .unavailable("the transaction could not be kept open") }
    }

    private static func mapped(_ error: any Error) -> any Error {
        (error as? DatabaseError).map(SQLError.init) ?? error
    }
}
