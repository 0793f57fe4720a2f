import CPostgreSQL
import Dispatch
import Glibc
import SQL
import Synchronization

/// One session with the server. Every call blocks, so all but `cancel` and `abort` are made on the session's own queue.
///
/// Unchecked: libpq's handle is used on `queue` only, and `PQcancel` may be called from any thread.
final class PostgresConnection: @unchecked Sendable {
    let queue: DispatchQueue
    /// Sessions of an older generation than the pool's are not leased again.
    let generation: Int
    private let handle: OpaquePointer
    private let canceller: OpaquePointer?
    private var prepared = PreparedStatements()
    /// A duplicate of libpq's socket that only this object closes: so it never becomes the descriptor of another connection.
    private let socket: Int32
    /// The use of the session by one caller, who may be cancelled at any time. Its number keeps a late cancellation from
    /// stopping the next caller.
    private struct Lease {
        var number: UInt64 = 0
        var isRunning = false
        var isCancelled = false
        /// The session must not be used again.
        var isBroken = false
    }
    private let lease = Mutex(Lease())
    /// Entered while a cancellation is sent to the server.
    private let cancelling = DispatchGroup()

    /// Connects; blocks. Throws `PostgresFailure`.
    init(_ settings: PostgresSettings, generation: Int, on queue: DispatchQueue) throws {
        self.queue = queue
        self.generation = generation
        let parameters = settings.parameters
        let connected = CStrings(parameters.map(\.name), terminated: true).withPointers { names in
            CStrings(parameters.map(\.value), terminated: true).withPointers { values in
                PQconnectdbParams(names, values, 0)
            }
        }
        guard let connected, PQstatus(connected) == CONNECTION_OK else {
            let failure = PostgresFailure(
                state: "", message: PostgresFailure.message(of: connected), constraint: nil, endsSession: true)
            PQfinish(connected)
            throw failure
        }
        handle = connected
        canceller = PQgetCancel(connected)
        socket = fcntl(PQsocket(connected), F_DUPFD_CLOEXEC, 0)
        PQsetNoticeProcessor(connected, { _, _ in }, nil)
    }

    deinit {
        PQfreeCancel(canceller)
        PQfinish(handle)
        close(socket)
    }

    var isUsable: Bool {
        PQstatus(handle) == CONNECTION_OK && PQtransactionStatus(handle) == PQTRANS_IDLE
            && !lease.withLock(\.isBroken)
    }

    /// Runs one or more statements without parameters.
    func run(_ script: String) throws { _ = try PostgresResult(taking: PQexec(handle, script), on: handle) }

    /// Statements of fixed text are prepared once and kept. Throws `CancellationError` when the caller was cancelled: the
    /// server can only cancel a running statement, and would run the next one.
    func execute(_ statement: SQLStatement) throws -> PostgresResult {
        if lease.withLock(\.isCancelled) { throw CancellationError() }
        let values = CStrings(try statement.binds.map { try PostgresType.text(of: $0) })
        let types = statement.binds.map(PostgresType.identifier)
        let count = Int32(types.count)
        guard statement.isFixed else {
            return try values.withPointers { pointers in
                try PostgresResult(
                    taking: PQexecParams(handle, statement.text, count, types, pointers, nil, nil, 0), on: handle)
            }
        }
        let key = PreparedStatements.Key(text: statement.text, types: types)
        let name = try self.name(of: key)
        do {
            return try values.withPointers { pointers in
                try PostgresResult(taking: PQexecPrepared(handle, name, count, pointers, nil, nil, 0), on: handle)
            }
        } catch var failure as PostgresFailure where failure.state == "0A000" {
            // "Cached plan must not change result type", until the statement is prepared again.
            prepared.remove(key)
            failure.isStalePlan = true
            throw failure
        }
    }

    private func name(of key: PreparedStatements.Key) throws -> String {
        if let name = prepared.name(of: key) { return name }
        let (name, dropped) = prepared.add(key)
        let (text, types) = (key.text, key.types)
        do {
            if let dropped { try run("DEALLOCATE \(dropped)") }
            _ = try PostgresResult(taking: PQprepare(handle, name, text, Int32(types.count), types), on: handle)
        } catch {
            prepared.remove(key)
            throw error
        }
        return name
    }

    // MARK: Cancellation

    /// The lease can be cancelled by its number until it ends.
    func beginLease() -> UInt64 {
        lease.withLock { lease in
            lease = Lease(number: lease.number + 1, isRunning: true, isBroken: lease.isBroken)
            return lease.number
        }
    }

    func endLease() {
        lease.withLock { $0.isRunning = false }
        // A cancellation that is still in flight would stop a statement of the next caller.
        if cancelling.wait(timeout: .now() + 1) == .timedOut { lease.withLock { $0.isBroken = true } }
    }

    /// Asks the server to stop what the lease runs, if it does; blocks for a round trip.
    func cancel(_ number: UInt64) {
        let isRunning = lease.withLock { lease in
            guard lease.isRunning, lease.number == number else { return false }
            lease.isCancelled = true
            cancelling.enter()
            return true
        }
        guard isRunning else { return }
        defer { cancelling.leave() }
        var reason = [CChar](repeating: 0, count: 256)
        PQcancel(canceller, &reason, Int32(reason.count))
    }

    /// Ends the session if the lease still runs: the server does not respond.
    func abort(_ number: UInt64) {
        lease.withLock { lease in
            guard lease.isRunning, lease.number == number else { return }
            lease.isBroken = true
            shutdown(socket, Int32(SHUT_RDWR))
        }
    }
}
