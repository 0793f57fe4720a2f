import EventLog
import SQL

enum NotificationMigrations {
    static let all: [Migration] = [
        messages, Inbox.migration, Inbox.expiryMigration, guests, AwaitedFacts.migration, traces,
    ]

    private static let messages = Migration("messages") { dialect in
        """
        CREATE TABLE messages (
            id \(dialect.identity), event_id TEXT NOT NULL UNIQUE, order_id TEXT NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('order_placed', 'order_cancelled', 'order_fulfilled')),
            recipient TEXT NOT NULL, subject TEXT NOT NULL, rfc822 TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('queued', 'sent', 'failed')),
            attempts \(dialect.int64) NOT NULL DEFAULT 0 CHECK (attempts >= 0),
            due_at \(dialect.int64) NOT NULL, created_at \(dialect.int64) NOT NULL, sent_at \(dialect.int64),
            CHECK ((state = 'sent') = (sent_at IS NOT NULL))
        ) \(dialect.strict);
        CREATE INDEX messages_order ON messages (order_id);
        CREATE INDEX messages_due ON messages (due_at) WHERE state = 'queued';
        CREATE INDEX messages_age ON messages (created_at);
        """
    }

    /// Whether the order was placed without an account; null in what was written before.
    private static let guests = Migration("guests") { dialect in
        "ALTER TABLE messages ADD COLUMN guest \(dialect.int64) CHECK (guest IN (0, 1));"
    }

    /// What the sending of a mail continues; empty in what was written before.
    private static let traces = Migration("traces") { _ in
        "ALTER TABLE messages ADD COLUMN traceparent TEXT NOT NULL DEFAULT '';"
    }
}
