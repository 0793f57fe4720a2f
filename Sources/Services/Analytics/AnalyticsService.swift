package import AnalyticsContract
import AuthContract
package import Commerce
import EventContract
package import EventLog
package import Logging
package import SQL
import ServiceKit
package import ServiceLifecycle

/// analytics-service: keeps read models over behaviour and orders, and answers staff's reports from them.
package struct AnalyticsService: Reports {
    /// The consumer group, and the name its effects are noted under.
    package static let group = "analytics-service"
    package static let topics: [Topic] = [.behaviour, .orders]
    package static let migrations: [Migration] = AnalyticsMigrations.all

    let database: any Database
    private let log: any EventLog
    private let clock: WallClock
    private let logger: Logger
    /// How far back visits are kept: a year to compare with, and a month more.
    private static let retention = Duration.seconds(400 * 86_400)

    package init(database: any Database, log: any EventLog, clock: WallClock = .system, logger: Logger) {
        self.database = database
        self.log = log
        self.clock = clock
        self.logger = logger
    }

    /// The consumer, and what forgets old visits.
    package var backgroundServices: [any ServiceLifecycle.Service] {
        [
            Consumer(group: Self.group, topics: Self.topics, log: log, logger: logger) { try await handle($0) },
            Periodic(every: .seconds(3_600), "old visits", logger: logger, body: forgetOldVisits),
        ]
    }

    package func forgetOldVisits() async throws {
        let now = clock.now()
        try await database.write { tx in
            try SessionStore.expire(before: now.advanced(by: .zero - Self.retention), in: tx)
            try Inbox.expire(at: now, in: tx)
        }
    }

    package func funnel(from: String, to: String) async throws -> FunnelReport {
        try await report(from: from, to: to) { period, tx in try ReportQueries.funnel(period, in: tx) }
    }

    package func revenue(from: String, to: String) async throws -> [RevenueDay] {
        try await report(from: from, to: to) { period, tx in try ReportQueries.revenue(period, in: tx) }
    }

    /// - Parameter limit: 1 to 100.
    package func topProducts(from: String, to: String, limit: Int) async throws -> [TopProduct] {
        try CallContext.current.principal.require(.reportsRead)
        guard (1...100).contains(limit) else {
            throw ServiceError.invalid("limit", code: "out_of_range", "The limit is 1 to 100.")
        }
        return try await report(from: from, to: to) { period, tx in
            try ReportQueries.topProducts(period, limit: limit, in: tx)
        }
    }

    private func report<Value: Sendable>(
        from: String, to: String,
        _ query: @escaping @Sendable (ReportPeriod, any SQLTransaction) throws -> Value
    ) async throws -> Value {
        try CallContext.current.principal.require(.reportsRead)
        let period = try ReportPeriod(from: from, to: to)
        return try await atServiceEdge(of: "The reports", logger) {
            try await database.read { tx in try query(period, tx) }
        }
    }
}
