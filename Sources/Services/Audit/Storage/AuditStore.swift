import AuditContract
import Commerce
import SQL

/// The records and the head of their chain.
enum AuditStore {
    /// Adds the entry as the next record and moves the head with it.
    static func append(_ entry: AuditEntry, in tx: any SQLTransaction) throws {
        guard let head = try head(in: tx, locking: true) else { throw AuditError.headMissing }
        let record = head.next(entry)
        try tx.execute(
            """
            INSERT INTO audit_records
                (sequence, event_id, action, actor, subject, occurred_at, details, previous_hash, hash)
            VALUES (\(record.sequence), \(entry.eventID), \(entry.action), \(entry.actor), \(entry.subject),
                \(entry.occurredAt), \(entry.details), \(record.previousHash), \(record.hash))
            """)
        let moved = try tx.execute(
            """
            UPDATE audit_head SET records = \(record.sequence), last_hash = \(record.hash)
            WHERE id = 1 AND records = \(head.records)
            """)
        guard moved == 1 else { throw AuditError.headMoved }
    }

    static func head(in tx: any SQLTransaction, locking: Bool = false) throws -> ChainHead? {
        let lock = locking ? tx.dialect.forUpdate : ""
        return try tx.first("SELECT records, last_hash FROM audit_head WHERE id = 1 \(unsafeSQL: lock)").map {
            ChainHead(records: try $0.int64("records"), lastHash: try $0.string("last_hash"))
        }
    }

    /// Records by sequence, for verification.
    static func records(after sequence: Int64, limit: Int, in tx: any SQLTransaction) throws -> [ChainedEntry] {
        try tx.query("SELECT * FROM audit_records WHERE sequence > \(sequence) ORDER BY sequence LIMIT \(limit)")
            .map(ChainedEntry.init(row:))
    }

    /// Which of these orders have a record that they were placed.
    static func recorded(_ orders: [String], in tx: any SQLTransaction) throws -> Set<String> {
        let rows = try tx.query(
            "SELECT subject FROM audit_records WHERE action = 'order.placed' AND subject IN \(in: orders)")
        return Set(try rows.map { try $0.string("subject") })
    }

    /// Records before the sequence, newest first.
    static func page(
        action: String?, actor: String?, before sequence: Int64, limit: Int, in tx: any SQLTransaction
    ) throws -> [AuditRecord] {
        let filter = filter(action: action, actor: actor)
        return try tx.query(
            """
            SELECT * FROM audit_records WHERE sequence < \(sequence) \(filter) ORDER BY sequence DESC LIMIT \(limit)
            """
        ).map { AuditRecord(try ChainedEntry(row: $0)) }
    }

    static func count(action: String?, actor: String?, in tx: any SQLTransaction) throws -> Int? {
        let filter = filter(action: action, actor: actor)
        return try tx.first("SELECT COUNT(*) AS total FROM audit_records WHERE 1 = 1 \(filter)")?.int("total")
    }

    private static func filter(action: String?, actor: String?) -> SQLStatement {
        let ofAction: SQLStatement = action.map { "AND action = \($0)" } ?? ""
        let byActor: SQLStatement = actor.map { "AND actor = \($0)" } ?? ""
        return "\(ofAction) \(byActor)"
    }
}

extension ChainedEntry {
    init(row: SQLRow) throws {
        self.init(
            sequence: try row.int64("sequence"),
            entry: AuditEntry(
                eventID: try row.id("event_id"), action: try row.string("action"), actor: try row.string("actor"),
                subject: try row.string("subject"), occurredAt: try row.instant("occurred_at"),
                details: try row.string("details")),
            previousHash: try row.string("previous_hash"), hash: try row.string("hash"))
    }
}

extension AuditRecord {
    init(_ record: ChainedEntry) {
        self.init(
            sequence: record.sequence, action: record.entry.action, actor: record.entry.actor,
            subject: record.entry.subject, occurredAt: record.entry.occurredAt, details: record.entry.details,
            previousHash: record.previousHash, hash: record.hash)
    }
}
