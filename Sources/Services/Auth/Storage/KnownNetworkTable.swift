import Commerce
import SQL

/// Where accounts logged in lately, as keyed digests; no address is kept.
enum KnownPlaceTable {
    /// How well an account knows the place of an attempt.
    enum Familiarity: Hashable, Sendable {
        case client, network, unknown
    }

    static func familiarity(
        of place: KnownPlace?, to customer: CustomerID, at now: Instant, in tx: any SQLTransaction
    ) throws -> Familiarity {
        guard let place else { return .unknown }
        let known = try tx.query(
            """
            SELECT client_digest FROM known_places
            WHERE customer_id = \(customer) AND network_digest = \(place.network)
                AND succeeded_at > \(now.advanced(by: .zero - LoginThrottle.knownFor))
            """)
        if known.isEmpty { return .unknown }
        return try known.contains { try $0.string("client_digest") == place.client } ? .client : .network
    }

    static func remember(
        _ place: KnownPlace, of customer: CustomerID, at now: Instant, in tx: any SQLTransaction
    ) throws {
        try tx.execute(
            """
            INSERT INTO known_places (customer_id, client_digest, network_digest, succeeded_at)
            VALUES (\(customer), \(place.client), \(place.network), \(now))
            ON CONFLICT (customer_id, client_digest) DO UPDATE SET succeeded_at = excluded.succeeded_at
            """)
        try tx.execute(
            """
            DELETE FROM known_places WHERE customer_id = \(customer) AND client_digest NOT IN (
                SELECT client_digest FROM known_places WHERE customer_id = \(customer)
                ORDER BY succeeded_at DESC, client_digest LIMIT \(LoginThrottle.knownClients))
            """)
    }

    static func forgetAll(of customer: CustomerID, in tx: any SQLTransaction) throws {
        try tx.execute("DELETE FROM known_places WHERE customer_id = \(customer)")
    }

    static func expire(at now: Instant, in tx: any SQLTransaction) throws {
        try tx.execute(
            "DELETE FROM known_places WHERE succeeded_at < \(now.advanced(by: .zero - LoginThrottle.knownFor))")
    }
}
