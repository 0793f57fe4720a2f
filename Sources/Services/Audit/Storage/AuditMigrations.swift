import EventLog
import SQL

enum AuditMigrations {
    static let all = [records, Inbox.migration, Inbox.expiryMigration, AwaitedFacts.migration, placedOrders]

    /// Finds the record of an order, for the comparison with checkpoints.
    private static let placedOrders = Migration("audit_records_of_orders") { _ in
        "CREATE INDEX audit_records_placed ON audit_records (action, subject) WHERE action = 'order.placed';"
    }

    private static let records = Migration("audit_records") { dialect in
        """
        CREATE TABLE audit_records (
            sequence \(dialect.int64) PRIMARY KEY CHECK (sequence >= 1),
            event_id TEXT NOT NULL UNIQUE,
            action TEXT NOT NULL CHECK (action <> ''),
            actor TEXT NOT NULL CHECK (actor <> ''),
            subject TEXT NOT NULL,
            occurred_at \(dialect.int64) NOT NULL,
            details TEXT NOT NULL,
            previous_hash TEXT NOT NULL UNIQUE CHECK (length(previous_hash) = 64),
            hash TEXT NOT NULL UNIQUE CHECK (length(hash) = 64)
        ) \(dialect.strict);
        CREATE INDEX audit_records_action ON audit_records (action, sequence);
        CREATE INDEX audit_records_actor ON audit_records (actor, sequence);
        CREATE TABLE audit_head (
            id \(dialect.int64) PRIMARY KEY CHECK (id = 1),
            records \(dialect.int64) NOT NULL CHECK (records >= 0),
            last_hash TEXT NOT NULL CHECK (length(last_hash) = 64)
        ) \(dialect.strict);
        INSERT INTO audit_head (id, records, last_hash) VALUES (1, 0, '\(AuditChain.genesis)');

        """ + guards(dialect)
    }

    /// Records are never changed and the head only moves on by one. Whoever owns the database can drop these triggers:
    /// they prevent mistakes, and the chain reveals deliberate changes.
    private static func guards(_ dialect: SQLDialect) -> String {
        switch dialect {
        case .sqlite:
            """
            CREATE TRIGGER audit_records_update BEFORE UPDATE ON audit_records
            BEGIN SELECT RAISE(ABORT, 'audit records are never changed'); END;
            CREATE TRIGGER audit_records_delete BEFORE DELETE ON audit_records
            BEGIN SELECT RAISE(ABORT, 'audit records are never removed'); END;
            CREATE TRIGGER audit_head_update BEFORE UPDATE ON audit_head WHEN NEW.records <> OLD.records + 1
            BEGIN SELECT RAISE(ABORT, 'the audit head only moves on'); END;
            CREATE TRIGGER audit_head_delete BEFORE DELETE ON audit_head
            BEGIN SELECT RAISE(ABORT, 'the audit head is never removed'); END;
            """
        case .postgresql:
            """
            CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION 'the audit log only grows'; END $$;
            CREATE TRIGGER audit_records_frozen BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_records
            FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
            CREATE TRIGGER audit_head_update BEFORE UPDATE ON audit_head
            FOR EACH ROW WHEN (NEW.records <> OLD.records + 1) EXECUTE FUNCTION audit_refuse();
            CREATE TRIGGER audit_head_frozen BEFORE DELETE OR TRUNCATE ON audit_head
            FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
            """
        }
    }
}
