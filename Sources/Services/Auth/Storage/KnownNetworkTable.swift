import Commerce
import SQL

/// The networks from which accounts logged in recently, as keyed digests; no address is stored.
enum KnownNetworkTable {
    static func match(
        of origin: KnownNetwork?, for customer: CustomerID, at now: Instant, in tx: any SQLTransaction
    ) throws -> KnownNetwork.Match {
        guard let origin else { return .unknown }
        let known = try tx.query(
            """
            SELECT client_digest FROM known_places
            WHERE customer_id = \(customer) AND network_digest = \(origin.network)
                AND succeeded_at > \(now.advanced(by: .zero - LoginThrottle.knownFor))
            """)
        if known.isEmpty { return .unknown }
        return try known.contains { try $0.string("client_digest") == origin.client } ? .client : .network
    }

    static func insert(
        _ origin: KnownNetwork, of customer: CustomerID, at now: Instant, in tx: any SQLTransaction
    ) throws {
        try tx.execute(
            """
            INSERT INTO known_places (customer_id, client_digest, network_digest, succeeded_at)
            VALUES (\(customer), \(origin.client), \(origin.network), \(now))
            ON CONFLICT (customer_id, client_digest) DO UPDATE SET succeeded_at = excluded.succeeded_at
            """)
        try tx.execute(
            """
            DELETE FROM known_places WHERE customer_id = \(customer) AND client_digest NOT IN (
                SELECT client_digest FROM known_places WHERE customer_id = \(customer)
                ORDER BY succeeded_at DESC, client_digest LIMIT \(LoginThrottle.knownClients))
            """)
    }

    static func deleteAll(of customer: CustomerID, in tx: any SQLTransaction) throws {
        try tx.execute("DELETE FROM known_places WHERE customer_id = \(customer)")
    }

    static func deleteExpired(at now: Instant, in tx: any SQLTransaction) throws {
        try tx.execute(
            "DELETE FROM known_places WHERE succeeded_at < \(now.advanced(by: .zero - LoginThrottle.knownFor))")
    }
}
