import Commerce
import SQL

/// Deletes all signing keys, because others may have one; the next caller who signs or publishes creates a new
/// key. Their tokens are refused as soon as verifiers have fetched the key set again.
struct WithdrawSigningKeys: Sendable {
    let context: AuthContext
    /// Who acts, as the audit log names it.
    let actor: String

    func run() async throws {
        let now = context.clock.now()
        try await context.database.write { [actor] tx in
            try SigningKeyTable.deleteAll(in: tx)
            try AccountEvents.operatorActed(actor, "signing_keys.withdraw", on: "signing_keys", at: now, in: tx)
        }
        await context.keys.invalidate()
    }
}
