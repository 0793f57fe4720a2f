import Commerce
import CoreMetrics
import SQL
import ServiceKit

/// Measures how many checkouts, cancellations and refunds have not ended, and the age of the oldest.
struct MeasureSagas: Sendable {
    private let database: any Database
    private let clock: WallClock
    private let unfinished: BacklogGauges

    init(database: any Database, clock: WallClock, _ metrics: any MetricsFactory) {
        self.database = database
        self.clock = clock
        unfinished = BacklogGauges(
            OrderMetrics.unfinished, OrderMetrics.oldestUnfinished, service: OrderMetrics.service, in: metrics)
    }

    func run() async throws {
        try await unfinished.record(at: clock) {
            try await database.read { tx in
                let checkouts = try CheckoutStore.unfinished(in: tx)
                let tasks = try TaskStore.unfinished(in: tx)
                let oldest = [checkouts.oldest, tasks.oldest].compactMap(\.self).min()
                return (Int64(checkouts.count + tasks.count), oldest)
            }
        }
    }
}
