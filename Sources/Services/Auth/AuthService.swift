import AuthContract
package import Commerce
package import EventLog
import Identity
package import Logging
package import SQL
import ServiceKit
package import ServiceLifecycle

/// Accounts, sessions and the keys that sign access tokens. Needs its own SQL database and the event log.
package final class AuthService: Accounts {
    package static let migrations = AuthMigrations.all

    /// The outbox relay and the hourly janitor.
    package let backgroundServices: [any ServiceLifecycle.Service]

    let database: any Database
    let settings: AuthSettings
    let clock: WallClock
    let logger: Logger
    let keys: SigningKeys
    let passwords: PasswordHasher
    let gate: LoginGate

    /// - Parameter database: Migrated with ``migrations``.
    package init(
        database: any Database, log: any EventLog, settings: AuthSettings = AuthSettings(), clock: WallClock = .system,
        logger: Logger
    ) {
        self.database = database
        self.settings = settings
        self.clock = clock
        self.logger = logger
        keys = SigningKeys(database: database, settings: settings, clock: clock)
        passwords = PasswordHasher(cost: settings.passwordCost, limitPerClient: settings.hashesPerClient)
        gate = LoginGate(failuresPerNetwork: settings.failuresPerNetwork)
        backgroundServices = [
            OutboxRelay(of: "auth-service", database: database, log: log, logger: logger),
            Periodic(
                every: .seconds(3_600), "expired sessions", logger: logger,
                body: AuthJanitor(database: database, clock: clock).sweep),
        ]
    }

    package func jsonWebKeySet() async throws -> String { try await atEdge { try await keys.keySet().json } }

    func atEdge<Value>(_ body: () async throws -> Value) async throws -> Value {
        try await atServiceEdge(of: "auth-service", logger, body)
    }
}
