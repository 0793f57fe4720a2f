import AnalyticsService
import EventContract
import EventLog
import Logging
import SQL
import ServiceKit
import TestSupport
import Testing

/// Checkpoints are compared with the orders that the reports count.
@Suite struct OrderCorrectnessTests {
    @Test func anOrderThatIsNotCountedIsFound() async throws {
        try await withEventLog { log in
            try await withDatabase(AnalyticsService.migrations) { database in
                let (time, metrics) = (TestClock(), RecordedMetrics())
                let analytics = AnalyticsService(
                    database: database, log: log, clock: time.clock, metrics: metrics.factory,
                    logger: Logger(label: "test"))
                func violations() async throws -> String? {
                    for check in analytics.checks { try await check.run() }
                    return metrics.violations("order_without_event", of: "analytics-service")
                }
                for order in ["ord_1", "ord_2", "ord_3"] { try await analytics.handle(SampleEvents.placed(order)) }
                try await database.write { tx in
                    _ = try tx.execute("DELETE FROM placed_orders WHERE order_id <> 'ord_1'")
                }
                let checkpoint = OrdersCheckpoint(number: 1, orderIDs: ["ord_1", "ord_2", "ord_3"])
                try await analytics.handle(Event(checkpoint, source: "order-service"))
                #expect(try await violations() == "0")
                time.advance(by: .seconds(301))
                #expect(try await violations() == "2")
                try await database.write { tx in
                    _ = try tx.execute(
                        """
                        INSERT INTO placed_orders (order_id, day, total, given_back)
                        VALUES ('ord_2', '2026-03-10', 1, 0), ('ord_3', '2026-03-10', 1, 0)
                        """)
                }
                #expect(try await violations() == "0")
            }
        }
    }
}
