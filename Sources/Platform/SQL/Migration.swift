/// One step of a schema's history. Steps are appended, never edited; that their names and order are the same is checked.
package struct Migration: Sendable {
    package let id: String
    let apply: @Sendable (any SQLTransaction) throws -> Void

    package init(_ id: String, _ script: @escaping @Sendable (SQLDialect) -> String) {
        self.id = id
        apply = { tx in try tx.run(unsafeScript: script(tx.dialect)) }
    }

    /// For changes that plain SQL cannot express.
    package init(_ id: String, apply: @escaping @Sendable (any SQLTransaction) throws -> Void) {
        self.id = id
        self.apply = apply
    }
}

extension Database {
    /// Brings the schema up to date; refuses a schema that is newer than this program.
    package func migrate(_ migrations: [Migration]) async throws {
        try await write { tx in
            try tx.waitForOtherMigrations()
            try tx.run(
                unsafeScript: """
                    CREATE TABLE IF NOT EXISTS schema_migrations (
                        position \(tx.dialect.int64) PRIMARY KEY, id TEXT NOT NULL UNIQUE
                    ) \(tx.dialect.strict);
                    """)
            let applied = try tx.query("SELECT id FROM schema_migrations ORDER BY position").map { try $0.string("id") }
            guard applied.count <= migrations.count else { throw MigrationError.newerSchema(applied[migrations.count]) }
            for (position, migration) in migrations.enumerated() {
                if position < applied.count {
                    guard applied[position] == migration.id else { throw MigrationError.diverged(applied[position]) }
                    continue
                }
                try migration.apply(tx)
                try tx.execute("INSERT INTO schema_migrations (position, id) VALUES (\(position), \(migration.id))")
            }
        }
    }
}

extension Database {
    /// Throws unless the schema is exactly as this program needs it: `magpie migrate` comes first.
    package func requireSchema(of migrations: [Migration]) async throws {
        let applied: [String]
        do {
            applied = try await read { tx in
                try tx.query("SELECT id FROM schema_migrations ORDER BY position").map { try $0.string("id") }
            }
        } catch SQLError.other {
            throw MigrationError.olderSchema(migrations.first?.id ?? "")  // There is no such table yet.
        }
        guard applied.count <= migrations.count else { throw MigrationError.newerSchema(applied[migrations.count]) }
        for (position, id) in applied.enumerated() where migrations[position].id != id {
            throw MigrationError.diverged(id)
        }
        guard applied.count == migrations.count else {
            throw MigrationError.olderSchema(migrations[applied.count].id)
        }
    }
}

extension SQLTransaction {
    /// Only one process at a time changes a schema. SQLite's writers wait for each other anyway. There is no timeout for the
    /// migration of another process or for a statement of this one. Locks that running services hold keep their short
    /// timeout: statements that queue behind the migration would block the services.
    fileprivate func waitForOtherMigrations() throws {
        guard dialect == .postgresql else { return }
        try run(unsafeScript: "SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0")
        _ = try query("SELECT pg_advisory_xact_lock(hashtext(current_schema()))")
        try run(unsafeScript: "SET LOCAL lock_timeout TO DEFAULT")
    }
}
