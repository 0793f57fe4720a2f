import Commerce
import CoreMetrics
import SQL
import ServiceKit

/// Measures how many checkouts, cancellations and refunds have not ended, and the age of the oldest.
struct MeasureSagas: Sendable {
    private let database: any Database
    private let clock: WallClock
    private let unfinished: any MeterHandler
    private let oldest: any MeterHandler

    init(database: any Database, clock: WallClock, _ metrics: any MetricsFactory) {
        self.database = database
        self.clock = clock
        unfinished = OrderMetrics.unfinished.gauge(service: OrderMetrics.service, in: metrics)
        oldest = OrderMetrics.oldestUnfinished.gauge(service: OrderMetrics.service, in: metrics)
        for meter in [unfinished, oldest] { meter.set(Double.nan) }  // Until they have been measured.
    }

    func run() async throws {
        let now = clock.now()
        do {
            let (count, start) = try await database.read { tx in
                let checkouts = try CheckoutStore.unfinished(in: tx)
                let tasks = try TaskStore.unfinished(in: tx)
                return (checkouts.count + tasks.count, [checkouts.oldest, tasks.oldest].compactMap(\.self).min())
            }
            unfinished.set(Int64(count))
            oldest.set(Double(max(0, now.milliseconds - (start ?? now).milliseconds)) / 1_000)
        } catch {
            for meter in [unfinished, oldest] { meter.set(Double.nan) }
            throw error
        }
    }
}
