import Commerce
import Identity
import SQL

/// The signing keys as this process knows them, read again every minute.
actor SigningKeys {
    private let database: any Database
    private let settings: AuthSettings
    private let clock: WallClock
    private var signer: TokenSigner?
    private var set = JSONWebKeySet(keys: [])
    private var read: Instant?

    private static let lifetime = Duration.seconds(60)
    /// How long a new key is published before it signs: longer than verifiers cache the key set.
    private static let notice = Duration.seconds(600)

    init(database: any Database, settings: AuthSettings, clock: WallClock) {
        self.database = database
        self.settings = settings
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

    /// Publishes a new key at once, signs with it in ten minutes, and forgets the others when their last token ended.
    func rotate(by actor: String) async throws {
        let now = clock.now()
        let lifetime = settings.accessLifetime
        try await database.write { tx in
            let from = now.advanced(by: Self.notice)
            let key = SigningKey()
            try SigningKeyTable.retireAll(at: from.advanced(by: lifetime + Self.lifetime), in: tx)
            try SigningKeyTable.insert(.init(key: key, signsFrom: from), in: tx)
            try AccountEvents.operatorActed(actor, "signing_keys.rotate", on: key.kid, at: now, in: tx)
        }
        read = nil
    }

    /// Forgets all keys; whoever signs or publishes next makes a new one.
    func withdraw(by actor: String) async throws {
        let now = clock.now()
        try await database.write { tx in
            try SigningKeyTable.removeAll(in: tx)
            try AccountEvents.operatorActed(actor, "signing_keys.withdraw", on: "signing_keys", at: now, in: tx)
        }
        read = nil
    }

    private func refresh() async throws {
        let now = clock.now()
        if let read, read <= now, read.duration(to: now) < Self.lifetime { return }
        let stored = try await database.write { tx in try SigningKeyTable.current(at: now, in: tx) }
        let key = (stored.first { $0.signsFrom <= now } ?? stored.last)?.key
        if let key, key.kid != signer?.kid {
            signer = try await TokenSigner(issuer: settings.issuer, audience: settings.audience, key: key)
        }
        set = JSONWebKeySet(keys: stored.map(\.key.publicKey))
        read = now
    }
}
