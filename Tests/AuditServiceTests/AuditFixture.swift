import AuditService
import EventLog
import Logging
import SQL
import TestSupport

/// Runs `body` on an audit log of its own.
func withAudit<Value>(_ body: (AuditService, any Database) async throws -> Value) async throws -> Value {
    try await withEventLog { log in
        try await withDatabase(AuditService.migrations) { database in
            try await body(AuditService(database: database, log: log, logger: Logger(label: "test")), database)
        }
    }
}
