import EventLog
import SQL

enum AuthMigrations {
    static let all: [Migration] = [
        customers, sessions, signingKeys, loginFailures, Outbox.migration, Idempotency.migration,
        loginFailureSources, Outbox.relayMigration, knownPlaces,
    ]

    private static let customers = Migration("customers") { dialect in
        """
        CREATE TABLE customers (
            id TEXT PRIMARY KEY, email TEXT NOT NULL UNIQUE CHECK (email = lower(email) AND email LIKE '%_@_%'),
            name TEXT NOT NULL CHECK (name <> ''), role TEXT NOT NULL CHECK (role IN ('customer', 'administrator')),
            password_hash TEXT NOT NULL CHECK (password_hash LIKE '$scrypt$%'),
            created_at \(dialect.int64) NOT NULL, updated_at \(dialect.int64) NOT NULL
        ) \(dialect.strict);
        """
    }

    /// A session is a family of refresh tokens of which one at most is unused.
    private static let sessions = Migration("sessions") { dialect in
        """
        CREATE TABLE sessions (
            id \(dialect.identity), customer_id TEXT NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
            created_at \(dialect.int64) NOT NULL, expires_at \(dialect.int64) NOT NULL CHECK (expires_at > created_at),
            revoked_at \(dialect.int64), revoked_for TEXT,
            CHECK ((revoked_at IS NULL) = (revoked_for IS NULL))
        ) \(dialect.strict);
        CREATE INDEX sessions_customer ON sessions (customer_id);
        CREATE INDEX sessions_expiry ON sessions (expires_at);
        CREATE TABLE refresh_tokens (
            digest TEXT PRIMARY KEY, session_id \(dialect.int64) NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
            issued_at \(dialect.int64) NOT NULL, used_at \(dialect.int64)
        ) \(dialect.strict);
        CREATE INDEX refresh_tokens_session ON refresh_tokens (session_id);
        CREATE UNIQUE INDEX refresh_tokens_current ON refresh_tokens (session_id) WHERE used_at IS NULL;
        """
    }

    private static let signingKeys = Migration("signing_keys") { dialect in
        """
        CREATE TABLE signing_keys (
            kid TEXT PRIMARY KEY, private_key TEXT NOT NULL, signs_from \(dialect.int64) NOT NULL,
            expires_at \(dialect.int64) CHECK (expires_at > signs_from)
        ) \(dialect.strict);
        """
    }

    private static let loginFailureSources = Migration("login_failure_sources") { _ in
        """
        ALTER TABLE login_failures ADD COLUMN source_digest TEXT NOT NULL DEFAULT '';
        CREATE INDEX login_failures_source ON login_failures (source_digest, failed_at);
        """
    }

    private static let loginFailures = Migration("login_failures") { dialect in
        """
        CREATE TABLE login_failures (
            id \(dialect.identity), email_digest TEXT NOT NULL, failed_at \(dialect.int64) NOT NULL
        ) \(dialect.strict);
        CREATE INDEX login_failures_recent ON login_failures (email_digest, failed_at);
        CREATE INDEX login_failures_age ON login_failures (failed_at);
        """
    }

    /// The known networks of accounts, and the queue of log-ins from others. Digests only.
    private static let knownPlaces = Migration("known_places") { dialect in
        """
        CREATE TABLE known_places (
            customer_id TEXT NOT NULL REFERENCES customers (id) ON DELETE CASCADE, client_digest TEXT NOT NULL,
            network_digest TEXT NOT NULL, succeeded_at \(dialect.int64) NOT NULL,
            PRIMARY KEY (customer_id, client_digest)
        ) \(dialect.strict);
        CREATE INDEX known_places_age ON known_places (succeeded_at);
        CREATE TABLE login_queue (
            email_digest TEXT NOT NULL, network_digest TEXT NOT NULL, turn_at \(dialect.int64) NOT NULL,
            PRIMARY KEY (email_digest, network_digest)
        ) \(dialect.strict);
        CREATE INDEX login_queue_turn ON login_queue (email_digest, turn_at);
        CREATE INDEX login_queue_age ON login_queue (turn_at);
        ALTER TABLE login_failures ADD COLUMN network_digest TEXT NOT NULL DEFAULT '';
        ALTER TABLE login_failures ADD COLUMN is_known \(dialect.int64) NOT NULL DEFAULT 0 CHECK (is_known IN (0, 1));
        CREATE INDEX login_failures_network ON login_failures (network_digest, failed_at);
        """
    }
}
