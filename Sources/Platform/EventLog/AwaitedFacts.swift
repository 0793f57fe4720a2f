package import Commerce
package import SQL
package import ServiceKit

/// Facts that a checkpoint of their publisher names and this consumer has not handled.
///
/// A publisher says from time to time, by a checkpoint that is an event too, which facts there were. Events of different
/// keys are not in order among themselves: what a checkpoint names may still be on its way, so it waits here for some
/// minutes. What waits longer is lost.
package struct AwaitedFacts: Sendable {
    /// Append to the migrations of a service that consumes checkpoints.
    package static let migration = Migration("awaited_facts") { dialect in
        """
        CREATE TABLE awaited_facts (id TEXT PRIMARY KEY NOT NULL, noted_at \(dialect.int64) NOT NULL) \(dialect.strict);
        CREATE TABLE last_checkpoint (
            id \(dialect.int64) PRIMARY KEY CHECK (id = 1), number \(dialect.int64) NOT NULL
        ) \(dialect.strict);
        """
    }

    /// How long a fact may wait after its checkpoint.
    package static let grace = Duration.seconds(300)
    /// With so many events to read, what waits is not lost but late.
    package static let mostLag: Int64 = 1_000
    /// How many facts one transaction looks at, and in how many.
    private static let (page, pages) = (500, 100)
    /// How many lost checkpoints in a row are named.
    private static let mostLost = 1_000

    private let database: any Database
    private let clock: WallClock
    private let handled: @Sendable ([String], any SQLTransaction) throws -> Set<String>

    /// - Parameter handled: Which of these facts have their effect in the database.
    package init(
        database: any Database, clock: WallClock,
        handled: @escaping @Sendable ([String], any SQLTransaction) throws -> Set<String>
    ) {
        self.database = database
        self.clock = clock
        self.handled = handled
    }

    /// Takes a checkpoint, in the transaction that notes its event.
    /// - Parameter number: Counts up by one from checkpoint to checkpoint.
    package func take(_ facts: [String], checkpoint number: Int64, in tx: any SQLTransaction) throws {
        let now = clock.now()
        try tx.execute("DELETE FROM awaited_facts WHERE id = \(Self.name(ofCheckpoint: number))")
        let last = try tx.first("SELECT number FROM last_checkpoint WHERE id = 1")?.int64("number")
        var missing = Set(facts).subtracting(try handled(facts, tx))
        if let last, last + 1 < number {
            missing.formUnion((last + 1..<number).suffix(Self.mostLost).map(Self.name(ofCheckpoint:)))
        }
        try tx.execute(rows: missing.sorted().map { [$0.sqlValue, now.sqlValue] }) {
            "INSERT INTO awaited_facts (id, noted_at) VALUES \(rows: $0) ON CONFLICT (id) DO NOTHING"
        }
        try tx.execute(
            """
            INSERT INTO last_checkpoint (id, number) VALUES (1, \(number))
            ON CONFLICT (id) DO UPDATE SET number = excluded.number WHERE last_checkpoint.number < excluded.number
            """)
    }

    /// The same for a consumer that does nothing else with the event. A repeated event changes nothing.
    /// - Parameter retention: How long the log keeps events of this topic; nil is for ever.
    package func take(
        _ facts: [String], checkpoint number: Int64, of event: Event, consumer: String, retention: Duration?
    ) async throws {
        try await database.write { tx in
            guard try Inbox.note(event, consumer: consumer, retention: retention, in: tx) else { return }
            try take(facts, checkpoint: number, in: tx)
        }
    }

    /// Forgets what was handled meanwhile.
    /// - Parameter lag: How many events the consumer has still to read; asked for only when something waits too long.
    /// - Returns: What waits too long.
    package func overdue(lag: () async throws -> Int64) async throws -> CorrectnessCheck.Finding {
        let limit = clock.now().advanced(by: .zero - Self.grace)
        var overdue: [String] = []
        var after = ""
        for _ in 0..<Self.pages {
            let start = after
            let (waiting, done) = try await database.read { tx in
                let rows = try tx.query(
                    "SELECT id, noted_at FROM awaited_facts WHERE id > \(start) ORDER BY id LIMIT \(Self.page)")
                let waiting = try rows.map { (id: try $0.string("id"), notedAt: try $0.instant("noted_at")) }
                let done = try waiting.isEmpty ? [] : handled(waiting.map(\.id), tx)
                return (waiting, done)
            }
            if !done.isEmpty {
                try await database.write { tx in
                    _ = try tx.execute("DELETE FROM awaited_facts WHERE id IN \(in: Array(done))")
                }
            }
            overdue += waiting.filter { !done.contains($0.id) && $0.notedAt <= limit }.map(\.id)
            guard let last = waiting.last, waiting.count == Self.page else { break }
            after = last.id
        }
        if overdue.isEmpty { return CorrectnessCheck.Finding(violations: 0, ids: []) }
        let isLate = try await lag() > Self.mostLag
        return CorrectnessCheck.Finding(violations: isLate ? 0 : Int64(overdue.count), ids: isLate ? [] : overdue)
    }

    private static func name(ofCheckpoint number: Int64) -> String { "checkpoint-\(number)" }
}
