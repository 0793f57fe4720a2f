import Commerce
import CoreMetrics
import SQL
import ServiceKit

/// Measures how many mails wait to be sent, and for how long.
struct MeasureMails: Sendable {
    private let database: any Database
    private let clock: WallClock
    private let queued: any MeterHandler
    private let oldestAge: any MeterHandler

    init(database: any Database, clock: WallClock, _ metrics: any MetricsFactory) {
        self.database = database
        self.clock = clock
        queued = NotificationMetrics.queued.gauge(service: NotificationMetrics.service, in: metrics)
        oldestAge = NotificationMetrics.oldestQueued.gauge(service: NotificationMetrics.service, in: metrics)
        for meter in [queued, oldestAge] { meter.set(Double.nan) }  // Until they have been counted.
    }

    func run() async throws {
        do {
            let (count, oldest) = try await database.read { tx in try MessageTable.queued(in: tx) }
            queued.set(count)
            oldestAge.set(max(0, oldest.map { $0.duration(to: clock.now()) / .seconds(1) } ?? 0))
        } catch {
            for meter in [queued, oldestAge] { meter.set(Double.nan) }
            throw error
        }
    }
}
