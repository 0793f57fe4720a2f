import AnalyticsContract
import AnalyticsService
import AuthContract
import Commerce
import EventLog
import Logging
import NotificationService
import ServiceKit
import Synchronization
import TestSupport
import Testing

/// What several processes on one database must not do to each other.
@Suite struct RaceTests {
    @Test func manySendersSendEachMailOnce() async throws {
        let transport = CountingTransport()
        try await withEventLog { log in
            try await withDatabase(NotificationService.migrations) { database in
                func process() throws -> NotificationService {
                    try NotificationService(
                        database: database, log: log, transport: transport, logger: Logger(label: "test"))
                }
                for number in 0..<30 { try await process().handle(Facts.placed("ord_\(number)")) }
                let sent = try await withThrowingTaskGroup(of: Int.self) { tasks in
                    for _ in 0..<4 {
                        let process = try process()
                        tasks.addTask { try await process.deliverQueued() }
                    }
                    return try await tasks.reduce(0, +)
                }
                #expect(sent == 30)
                #expect(transport.deliveries.count == 30 && transport.deliveries.values.allSatisfy { $0 == 1 })
            }
        }
    }

    /// Orders of the same products in any order, each told twice at once, in two currencies.
    @Test func salesToldAtOnceAreEachCountedOnce() async throws {
        try await withEventLog { log in
            try await withDatabase(AnalyticsService.migrations) { database in
                let analytics = AnalyticsService(
                    database: database, log: log, clock: TestClock(Facts.noon).clock, logger: Logger(label: "test"))
                let lines = (1...5).map { number in
                    (product: "prod_\(number)", title: "Tea", quantity: 1, revenue: Int64(100))
                }
                let events = try (0..<40).map { number in
                    try Facts.placed(
                        "ord_\(number)", currency: number.isMultiple(of: 2) ? "USD" : "EUR", lines: lines.shuffled())
                }
                try await withThrowingTaskGroup(of: Void.self) { tasks in
                    for event in events + events { tasks.addTask { try await analytics.handle(event) } }
                    try await tasks.waitForAll()
                }
                let (days, products) = try await staff(.reportsRead).run {
                    (
                        try await analytics.revenue(from: "2026-03-10", to: "2026-03-10"),
                        try await analytics.topProducts(from: "2026-03-10", to: "2026-03-10", limit: 100)
                    )
                }
                #expect(days.map(\.orders) == [20, 20] && days.map(\.gross.amount) == [10_000, 10_000])
                #expect(products.count == 10 && products.allSatisfy { $0.quantity == 20 })
            }
        }
    }
}

private final class CountingTransport: MailTransport {
    private let counts = Mutex<[EventID: Int]>([:])
    var deliveries: [EventID: Int] { counts.withLock { $0 } }

    let longestAttempt = Duration.seconds(10)

    func deliver(_ mail: OutgoingMail) async throws {
        counts.withLock { $0[mail.id, default: 0] += 1 }
        await Task.yield()
    }
}
