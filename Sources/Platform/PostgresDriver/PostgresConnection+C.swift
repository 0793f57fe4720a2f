import CPostgreSQL
import Dispatch
import SQL
import Synchronization

/// One session with the server. Every call blocks, so all but `cancel` are made on the session's own queue.
///
/// Unchecked: libpq's handle is used on `queue` only, and `PQcancel` may be called from any thread.
final class PostgresConnection: @unchecked Sendable {
    let queue: DispatchQueue
    private let handle: OpaquePointer
    private let canceller: OpaquePointer?
    private var prepared = PreparedStatements()
    /// What `cancel` finds: a transaction that may be cancelled, or that has been.
    private enum Work { case none, running, cancelled }
    private let work = Mutex(Work.none)

    /// Connects; blocks. Throws `PostgresFailure`.
    init(_ settings: PostgresSettings, on queue: DispatchQueue) throws {
        self.queue = queue
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
        PQsetNoticeProcessor(connected, { _, _ in }, nil)
    }

    deinit {
        PQfreeCancel(canceller)
        PQfinish(handle)
    }

    var isUsable: Bool { PQstatus(handle) == CONNECTION_OK && PQtransactionStatus(handle) == PQTRANS_IDLE }

    /// Runs one or more statements without parameters.
    func run(_ script: String) throws { _ = try PostgresResult(taking: PQexec(handle, script), on: handle) }

    /// Texts of fixed shape are prepared once and kept. Throws `CancellationError` when the caller has gone: the server
    /// hears of that only while a statement runs, and would run the next one.
    func execute(_ statement: SQLStatement) throws -> PostgresResult {
        if work.withLock({ $0 == .cancelled }) { throw CancellationError() }
        let values = CStrings(try statement.binds.map { try PostgresType.text(of: $0) })
        let types = statement.binds.map(PostgresType.identifier)
        let count = Int32(types.count)
        guard statement.isFixed else {
            return try values.withPointers { pointers in
                try PostgresResult(
                    taking: PQexecParams(handle, statement.text, count, types, pointers, nil, nil, 0), on: handle)
            }
        }
        let name = try self.name(of: statement.text, types)
        return try values.withPointers { pointers in
            try PostgresResult(taking: PQexecPrepared(handle, name, count, pointers, nil, nil, 0), on: handle)
        }
    }

    private func name(of text: String, _ types: [UInt32]) throws -> String {
        let key = PreparedStatements.Key(text: text, types: types)
        if let name = prepared.name(of: key) { return name }
        let (name, dropped) = prepared.add(key)
        if let dropped { try run("DEALLOCATE \(dropped)") }
        do {
            _ = try PostgresResult(taking: PQprepare(handle, name, text, Int32(types.count), types), on: handle)
        } catch {
            prepared.remove(key)
            throw error
        }
        return name
    }

    // MARK: Cancellation

    /// Between these two, `cancel` reaches the server.
    func beginWork() { work.withLock { $0 = .running } }
    func endWork() { work.withLock { $0 = .none } }

    /// Asks the server to stop what runs, if anything does; blocks for a round trip.
    func cancel() {
        work.withLock { work in
            guard work != .none else { return }
            work = .cancelled
            var reason = [CChar](repeating: 0, count: 256)
            PQcancel(canceller, &reason, Int32(reason.count))
        }
    }
}
