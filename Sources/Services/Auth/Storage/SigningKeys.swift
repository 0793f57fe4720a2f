import Commerce
import Identity
import SQL

/// The signing keys as this process last read them; they are read again every minute.
actor SigningKeys {
    private let database: any Database
    private let issuer: String
    private let audience: String
    private let clock: WallClock
    private var signer: TokenSigner?
    private var set = JSONWebKeySet(keys: [])
    private var readAt: Instant?

    static let cacheLifetime = Duration.seconds(60)

    /// - Parameters:
    ///   - issuer: The `iss` claim of access tokens.
    ///   - audience: The `aud` claim of access tokens.
    init(database: any Database, issuer: String, audience: String, clock: WallClock) {
        self.database = database
        self.issuer = issuer
        self.audience = audience
        self.clock = clock
    }

    func currentSigner() async throws -> TokenSigner {
        try await refresh()
        guard let signer else { throw SQLError.other("no signing key") }
        return signer
    }

    func keySet() async throws -> JSONWebKeySet {
        try await refresh()
        return set
    }

    /// The stored keys have changed: the next caller reads them.
    func invalidate() { readAt = nil }

    private func refresh() async throws {
        let now = clock.now()
        if let readAt, readAt <= now, readAt.duration(to: now) < Self.cacheLifetime { return }
        let stored = try await database.write { tx in try SigningKeyTable.current(at: now, in: tx) }
        let key = (stored.first { $0.signsFrom <= now } ?? stored.last)?.key
        if let key, key.kid != signer?.kid {
            signer = try await TokenSigner(issuer: issuer, audience: audience, key: key)
        }
        set = JSONWebKeySet(keys: stored.map(\.key.publicKey))
        readAt = now
    }
}
