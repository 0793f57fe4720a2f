import Commerce
import JWTKit

/// The issuer's public keys, fetched when they are needed and kept for five minutes. While they cannot be fetched the
/// last known ones go on serving. Nobody waits for another caller's fetch, so nobody shares its deadline either.
actor KeySource {
    private let fetch: @Sendable () async throws -> String
    private let clock: WallClock
    private var keys: [String: JWTKeyCollection] = [:]
    private var fetched: Instant?
    private var attempted: Instant?

    static let lifetime = Duration.seconds(300)
    /// The least time between two fetches that an unknown kid or a failed fetch causes: made-up kids cost nothing.
    static let pause = Duration.seconds(5)

    init(clock: WallClock, fetch: @escaping @Sendable () async throws -> String) {
        self.clock = clock
        self.fetch = fetch
    }

    /// A collection that holds this one key, for jwt-kit would verify an unknown kid with any other key it has.
    /// Throws what the source throws, only while no key is known at all.
    func key(_ kid: String) async throws -> JWTKeyCollection? {
        let now = clock.now()
        if isOlder(fetched, than: Self.lifetime, at: now) { try await refresh(at: now) }
        if keys[kid] == nil { try await refresh(at: now) }
        return keys[kid]
    }

    private func refresh(at now: Instant) async throws {
        guard keys.isEmpty && fetched == nil || isOlder(attempted, than: Self.pause, at: now) else { return }
        attempted = now
        do {
            var found: [String: JWTKeyCollection] = [:]
            for key in try await JSONWebKeySet(json: fetch()).keys {
                guard let kid = key.kid, let verifying = key.verifying else { continue }
                let collection = JWTKeyCollection()
                await collection.add(ecdsa: verifying, kid: JWKIdentifier(string: kid))
                found[kid] = collection
            }
            keys = found
            fetched = now
        } catch {
            if fetched == nil { throw error }
        }
    }

    private func isOlder(_ instant: Instant?, than age: Duration, at now: Instant) -> Bool {
        guard let instant else { return true }
        return instant.duration(to: now) >= age || instant > now
    }
}
