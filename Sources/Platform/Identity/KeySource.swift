import Commerce
import JWTKit

/// The issuer's public keys, as last fetched. While they cannot be fetched, the last known ones stay in use. No caller
/// waits for the fetch of another one, so none is bound by the other's deadline.
actor KeySource {
    private let fetch: @Sendable () async throws -> String
    private let clock: WallClock
    private let onWithdrawal: @Sendable () -> Void
    /// Nil until they have been fetched once.
    private var keys: [String: JWTKeyCollection]?
    private var attempted: Instant?
    private var startedRefreshes = 0
    /// The number of the latest refresh whose result is in use: results of earlier ones are ignored.
    private var appliedRefresh = 0

    /// The least time between two fetches that unknown kids cause, so that invented ones cause no load.
    static let minimumInterval = Duration.seconds(5)

    /// - Parameter onWithdrawal: Is called when the issuer no longer publishes a key that was known.
    init(
        clock: WallClock, fetch: @escaping @Sendable () async throws -> String,
        onWithdrawal: @escaping @Sendable () -> Void
    ) {
        self.clock = clock
        self.fetch = fetch
        self.onWithdrawal = onWithdrawal
    }

    /// A collection that holds this one key, because jwt-kit verifies an unknown kid with any other key it has. Fetches
    /// when the kid is unknown. Throws what the source throws, but only while no key is known at all.
    func key(_ kid: String) async throws -> JWTKeyCollection? {
        if let key = keys?[kid] { return key }
        guard keys != nil else {
            try await refresh()
            return keys?[kid]
        }
        if let attempted, attempted <= clock.now(), attempted.duration(to: clock.now()) < Self.minimumInterval {
            return nil
        }
        try? await refresh()
        return keys?[kid]
    }

    /// Fetches the keys and removes those that the issuer no longer publishes.
    func refresh() async throws {
        attempted = clock.now()
        startedRefreshes += 1
        let number = startedRefreshes
        var found: [String: JWTKeyCollection] = [:]
        for key in try await JSONWebKeySet(json: fetch()).keys {
            guard let kid = key.kid, let verifying = key.verifying else { continue }
            let collection = JWTKeyCollection()
            await collection.add(ecdsa: verifying, kid: JWKIdentifier(string: kid))
            found[kid] = collection
        }
        guard number > appliedRefresh else { return }
        appliedRefresh = number
        let known = keys ?? [:]
        keys = found
        if known.keys.contains(where: { found[$0] == nil }) { onWithdrawal() }
    }
}
