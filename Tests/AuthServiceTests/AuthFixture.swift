import AuthContract
import AuthService
import Commerce
import EventContract
import EventLog
import Identity
import Logging
import SQL
import ServiceKit
import TestSupport
import Testing

/// An auth service on a database and an event log of its own, with a clock that the test controls.
struct AuthFixture {
    let service: AuthService
    let clock: TestClock
    let database: any Database
    let log: any EventLog
    let metrics: RecordedMetrics

    static let password = "correct horse battery"

    var verifier: TokenVerifier {
        let service = service
        return TokenVerifier(issuer: "magpie", audience: "magpie", clock: clock.clock) {
            try await service.jsonWebKeySet()
        }
    }

    func register(_ email: String = "ada@example.com", password: String = password) async throws -> SignIn {
        try await service.register(Registration(email: email, password: password, name: "Ada")).value
    }

    /// The types of all events published so far, without their package.
    func events() async throws -> [String] {
        try await OutboxRelay(of: "test", database: database, log: log, logger: Logger(label: "test")).relayOnce()
        return try await log.poll(group: "test", topic: .accounts, limit: 100, wait: .zero)
            .map { String($0.event.type.split(separator: ".").last ?? "") }
    }
}

/// - Parameter settings: Cheap hashes unless a test is about them.
func withAuth(
    _ settings: AuthSettings = AuthSettings(passwordCost: PasswordCost(logN: 4, blockSize: 8, parallelism: 1)),
    _ body: (AuthFixture) async throws -> Void
) async throws {
    try await withEventLog { log in
        try await withDatabase(AuthService.migrations) { database in
            let (clock, metrics) = (TestClock(), RecordedMetrics(AuthMetrics.all))
            let service = AuthService(
                database: database, log: log, settings: settings, clock: clock.clock, metrics: metrics.factory,
                logger: Logger(label: "test"))
            try await body(
                AuthFixture(service: service, clock: clock, database: database, log: log, metrics: metrics))
        }
    }
}
