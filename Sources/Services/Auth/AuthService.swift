import AuthContract
package import Commerce
package import CoreMetrics
package import EventLog
import Identity
package import Logging
package import SQL
import ServiceKit
package import ServiceLifecycle

/// Accounts, sessions and the keys that sign access tokens. Needs its own SQL database and the event log.
package final class AuthService: Accounts {
    package static let migrations = AuthMigrations.all

    /// The outbox relay and the hourly deletion of what has expired.
    package let backgroundServices: [any ServiceLifecycle.Service]

    let context: AuthContext
    let boundary: ErrorBoundary

    /// - Parameter database: Migrated with ``migrations``.
    package init(
        database: any Database, log: any EventLog, settings: AuthSettings = AuthSettings(), clock: WallClock = .system,
        metrics: any MetricsFactory = MetricsSystem.factory, logger: Logger
    ) {
        boundary = ErrorBoundary(
            of: "auth-service", contract: "Accounts", service: "auth-service", logger: logger)
        let waiting = AuthMetrics.hashesWaiting.gauge(service: AuthMetrics.service, in: metrics)
        let hashing = PasswordHashingQueue(limitPerClient: settings.hashesPerClient) { waiting.set(Int64($0)) }
        AuthMetrics.mostHashesWaiting.gauge(service: AuthMetrics.service, in: metrics).set(Int64(hashing.limit))
        context = AuthContext(
            database: database, clock: clock,
            keys: SigningKeys(
                database: database, issuer: settings.issuer, audience: settings.audience, clock: clock),
            hashPassword: HashPassword(cost: settings.passwordCost, queue: hashing),
            verifyPassword: VerifyPassword(cost: settings.passwordCost, queue: hashing),
            admitLogin: AdmitLogin(
                database: database, clock: clock, failuresPerNetwork: settings.failuresPerNetwork),
            accessLifetime: settings.accessLifetime, refreshLifetime: settings.refreshLifetime,
            digestKey: settings.digestKey, counters: AccountCounters(metrics))
        backgroundServices = [
            OutboxRelay(of: "auth-service", database: database, log: log, logger: logger),
            Periodic(
                every: .seconds(3_600), "expired sessions", logger: logger,
                body: DeleteExpired(database: database, clock: clock).run),
        ]
    }
}
