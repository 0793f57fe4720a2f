package import Commerce
package import ServiceKit

/// Responses of earlier requests, stored in the transaction of their effect.
package enum Idempotency {
    /// Append to the migrations of a service that honours keys.
    package static let migration = Migration("idempotency_keys") { dialect in
        """
        CREATE TABLE idempotency_keys (
            caller TEXT NOT NULL, key TEXT NOT NULL, request_hash TEXT NOT NULL, response TEXT NOT NULL,
            created_at \(dialect.int64) NOT NULL, PRIMARY KEY (caller, key)
        ) \(dialect.strict);
        CREATE INDEX idempotency_keys_age ON idempotency_keys (created_at);
        """
    }

    /// The stored response of this key. When it is nil, other transactions wait here for the same key until this one ends. Throws `idempotency_key_reused` on another request.
    package static func response(for key: IdempotencyKey?, in tx: any SQLTransaction) throws -> String? {
        guard let key else { return nil }
        try tx.lock("idempotency key \(key.caller) \(key.key)")
        guard
            let row = try tx.first(
                "SELECT request_hash, response FROM idempotency_keys WHERE caller = \(key.caller) AND key = \(key.key)")
        else { return nil }
        guard try row.string("request_hash") == key.requestHash else { throw ServiceError.idempotencyKeyReused }
        return try row.string("response")
    }

    package static func store(
        _ response: String, for key: IdempotencyKey?, at now: Instant, in tx: any SQLTransaction
    ) throws {
        guard let key else { return }
        try tx.execute(
            """
            INSERT INTO idempotency_keys (caller, key, request_hash, response, created_at)
            VALUES (\(key.caller), \(key.key), \(key.requestHash), \(response), \(now))
            """)
    }

    /// Deletes keys older than ``Retention/idempotencyKeys``.
    package static func expire(at now: Instant, in tx: any SQLTransaction) throws {
        try tx.execute(
            "DELETE FROM idempotency_keys WHERE created_at < \(now.advanced(by: .zero - Retention.idempotencyKeys))")
    }
}
