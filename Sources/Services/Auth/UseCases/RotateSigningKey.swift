import Commerce
import Identity
import SQL

/// Publishes a new signing key at once, signs with it from ten minutes on, and lets the other keys expire when their
/// last token has.
struct RotateSigningKey: Sendable {
    let context: AuthContext
    /// Who acts, as the audit log names it.
    let actor: String

    /// How long a new key is published before it signs: longer than verifiers cache the key set.
    private static let notice = Duration.seconds(600)

    func run() async throws {
        let now = context.clock.now()
        let signsFrom = now.advanced(by: Self.notice)
        let expiry = signsFrom.advanced(by: context.accessLifetime + SigningKeys.cacheLifetime)
        try await context.database.write { [actor] tx in
            let key = SigningKey()
            try SigningKeyTable.retireAll(at: expiry, in: tx)
            try SigningKeyTable.insert(.init(key: key, signsFrom: signsFrom), in: tx)
            try AccountEvents.operatorActed(actor, "signing_keys.rotate", on: key.kid, at: now, in: tx)
        }
        await context.keys.invalidate()
    }
}
