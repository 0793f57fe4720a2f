import AuditService
import Commerce
import EventLog
import Logging
import SQL
import TestSupport

/// Runs `body` on an audit log of its own.
func withAudit<Value>(
    clock: WallClock = .system, metrics: RecordedMetrics = RecordedMetrics(),
    _ body: (AuditService, any Database) async throws -> Value
) async throws -> Value {
    try await withEventLog { log in
        try await withDatabase(AuditService.migrations) { database in
            let audit = AuditService(
                database: database, log: log, clock: clock, metrics: metrics.factory, logger: Logger(label: "test"))
            return try await body(audit, database)
        }
    }
}

/// Drops the triggers, as an attacker who owns the database would.
func dropTriggers(_ database: any Database) async throws {
    try await database.write { tx in
        try tx.run(
            unsafeScript: tx.dialect == .sqlite
                ? """
                DROP TRIGGER audit_records_update; DROP TRIGGER audit_records_delete;
                DROP TRIGGER audit_head_update; DROP TRIGGER audit_head_delete;
                """
                : """
                DROP TRIGGER audit_records_frozen ON audit_records;
                DROP TRIGGER audit_head_update ON audit_head; DROP TRIGGER audit_head_frozen ON audit_head;
                """)
    }
}
