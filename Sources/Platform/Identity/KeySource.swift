import Commerce
import JWTKit

/// The issuer's public keys, as last fetched. While they cannot be fetched the last known ones go on serving. Nobody waits
/// for another caller's fetch, so nobody shares its deadline either.
actor KeySource {
    private let fetch: @Sendable () async throws -> String
    private let clock: WallClock
    private let withdrawn: @Sendable () -> Void
    /// Nil until they have been fetched once.
    private var keys: [String: JWTKeyCollection]?
    private var attempted: Instant?
    private var begun = 0
    /// The latest refresh whose answer was taken: that of an earlier one comes too late.
    private var taken = 0

    /// The least time between two fetches that unknown kids cause: made-up ones cost nothing.
    static let pause = Duration.seconds(5)

    /// - Parameter withdrawn: Is called when a key that was known is gone.
    init(
        clock: WallClock, fetch: @escaping @Sendable () async throws -> String,
        withdrawn: @escaping @Sendable () -> Void
    ) {
        self.clock = clock
        self.fetch = fetch
        self.withdrawn = withdrawn
    }

    /// A collection that holds this one key, for jwt-kit would verify an unknown kid with any other key it has. Fetches
    /// when the kid is unknown. Throws what the source throws, only while no key is known at all.
    func key(_ kid: String) async throws -> JWTKeyCollection? {
        if let key = keys?[kid] { return key }
        guard keys != nil else {
            try await refresh()
            return keys?[kid]
        }
        if let attempted, attempted <= clock.now(), attempted.duration(to: clock.now()) < Self.pause { return nil }
        try? await refresh()
        return keys?[kid]
    }

    /// Fetches the keys; those the issuer has no more are forgotten.
    func refresh() async throws {
        attempted = clock.now()
        begun += 1
        let number = begun
        var found: [String: JWTKeyCollection] = [:]
        for key in try await JSONWebKeySet(json: fetch()).keys {
            guard let kid = key.kid, let verifying = key.verifying else { continue }
            let collection = JWTKeyCollection()
            await collection.add(ecdsa: verifying, kid: JWKIdentifier(string: kid))
            found[kid] = collection
        }
        guard number > taken else { return }
        taken = number
        let known = keys ?? [:]
        keys = found
        if known.keys.contains(where: { found[$0] == nil }) { withdrawn() }
    }
}
