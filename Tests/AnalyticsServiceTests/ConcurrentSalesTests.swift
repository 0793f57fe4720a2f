import AnalyticsContract
import AnalyticsService
import AuthContract
import Commerce
import EventLog
import Logging
import ServiceKit
import TestSupport
import Testing

@Suite struct ConcurrentSalesTests {
    /// Orders of the same products in any order and in two currencies, each event twice at once.
    @Test func concurrentSalesAreEachCountedOnce() async throws {
        try await withEventLog { log in
            try await withDatabase(AnalyticsService.migrations) { database in
                let analytics = AnalyticsService(
                    database: database, log: log, clock: TestClock(SampleEvents.noon).clock,
                    logger: Logger(label: "test"))
                let lines = (1...5).map { number in
                    (product: "prod_\(number)", title: "Tea", quantity: 1, revenue: Int64(100))
                }
                let events = try (0..<40).map { number in
                    try SampleEvents.placed(
                        "ord_\(number)", currency: number.isMultiple(of: 2) ? "USD" : "EUR", lines: lines.shuffled())
                }
                try await withThrowingTaskGroup(of: Void.self) { tasks in
                    for event in events + events { tasks.addTask { try await analytics.handle(event) } }
                    try await tasks.waitForAll()
                }
                let period = try ReportPeriod("2026-03-10", "2026-03-10")
                let (days, products) = try await CallContext.staff(.reportsRead).run {
                    (
                        try await analytics.revenue(period),
                        try await analytics.topProducts(period, limit: 100)
                    )
                }
                #expect(days.map(\.orders) == [20, 20] && days.map(\.gross.amount) == [10_000, 10_000])
                #expect(products.count == 10 && products.allSatisfy { $0.quantity == 20 })
            }
        }
    }
}
