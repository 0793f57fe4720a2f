import Commerce
import SQL

/// Ends the session of a refresh token; an unknown token is ignored.
struct LogOut: Sendable {
    let context: AuthContext

    func run(_ presented: RefreshToken) async throws {
        let now = context.clock.now()
        try await context.database.write { tx in
            guard let customer = try SessionTable.end(presented, at: now, in: tx) else { return }
            try AccountEvents.loggedOut(customer, at: now, in: tx)
        }
    }
}
