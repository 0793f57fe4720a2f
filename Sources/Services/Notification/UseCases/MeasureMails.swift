import Commerce
import CoreMetrics
import SQL
import ServiceKit

/// Measures how many mails wait to be sent, and for how long.
struct MeasureMails: Sendable {
    private let database: any Database
    private let clock: WallClock
    private let queued: BacklogGauges

    init(database: any Database, clock: WallClock, _ metrics: any MetricsFactory) {
        self.database = database
        self.clock = clock
        queued = BacklogGauges(
            NotificationMetrics.queued, NotificationMetrics.oldestQueued, service: NotificationMetrics.service,
            in: metrics)
    }

    func run() async throws {
        try await queued.record(at: clock) { try await database.read { tx in try MessageTable.queued(in: tx) } }
    }
}
