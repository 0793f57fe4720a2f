import AnalyticsContract
import AnalyticsService
import AuthContract
import Commerce
import EventLog
import Logging
import SQL
import ServiceKit
import TestSupport
import Testing

@Suite struct ReportTests {
    private let day = "2026-03-10"

    @Test func theFunnelCountsSessionsByStep() async throws {
        try await withAnalytics { analytics in
            try await feed(analytics) {
                try SampleEvents.behaviour("page_viewed", session: "browser-1")
                try SampleEvents.behaviour("product_viewed", session: "browser-2")
                try SampleEvents.behaviour("product_viewed", session: "browser-2")
                try SampleEvents.behaviour("product_viewed", session: "browser-3")
                try SampleEvents.behaviour("cart_line_added", session: "browser-3")
                try SampleEvents.behaviour("order_placed", session: "browser-4")
            }
            // An order counts only by the event of the order service.
            let expected = FunnelReport(sessions: 4, viewed: 2, carted: 1, checkout: 0, ordered: 0)
            #expect(try await funnel(analytics) == expected)
        }
    }

    /// The browser does not report the order, and the events of both topics arrive in either order.
    @Test(arguments: [false, true]) func aPlacedOrderMarksTheSessionOfItsCart(orderFirst: Bool) async throws {
        try await withAnalytics { analytics in
            let cart = CartID()
            var events = [
                try SampleEvents.behaviour("cart_line_added", session: "phone-01", cart: cart),
                try SampleEvents.behaviour(
                    "checkout_started", session: "laptop-01", cart: cart,
                    at: SampleEvents.noon.advanced(by: .seconds(60))),
                try SampleEvents.placed("ord_1", cart: cart, at: SampleEvents.noon.advanced(by: .seconds(120))),
            ]
            if orderFirst { events.reverse() }
            for event in events { try await analytics.handle(event) }
            let expected = FunnelReport(sessions: 2, viewed: 2, carted: 2, checkout: 1, ordered: 1)
            #expect(try await funnel(analytics) == expected)
        }
    }

    @Test func aSessionCountsOnceOverSeveralDays() async throws {
        try await withAnalytics { analytics in
            try await feed(analytics) {
                try SampleEvents.behaviour(
                    "product_viewed", session: "visitor-1", at: SampleEvents.instant("2026-03-09T23:59:59Z"))
                try SampleEvents.behaviour(
                    "cart_line_added", session: "visitor-1", at: SampleEvents.instant("2026-03-10T00:00:00Z"))
            }
            let both = FunnelReport(sessions: 1, viewed: 1, carted: 1, checkout: 0, ordered: 0)
            #expect(try await funnel(analytics, from: "2026-03-09") == both)
            let first = FunnelReport(sessions: 1, viewed: 1, carted: 0, checkout: 0, ordered: 0)
            #expect(try await funnel(analytics, from: "2026-03-09", to: "2026-03-09") == first)
            #expect(try await funnel(analytics, from: "2026-03-11", to: "2026-03-11").sessions == 0)
        }
    }

    @Test func visitsAreDeletedAfterFourHundredDays() async throws {
        try await withEventLog { log in
            try await withDatabase(AnalyticsService.migrations) { database in
                let clock = TestClock(SampleEvents.noon)
                let analytics = AnalyticsService(
                    database: database, log: log, clock: clock.clock, logger: Logger(label: "test"))
                try await analytics.handle(
                    SampleEvents.behaviour("cart_line_added", session: "visitor-1", cart: CartID()))
                clock.advance(by: .seconds(400 * 86_400))
                try await analytics.deleteExpiredVisits()
                #expect(try await funnel(analytics).sessions == 1)
                clock.advance(by: .seconds(86_400))
                try await analytics.deleteExpiredVisits()
                #expect(try await funnel(analytics).sessions == 0)
                let left = try await database.read { tx in
                    try tx.first(
                        "SELECT (SELECT COUNT(*) FROM cart_sessions) + (SELECT COUNT(*) FROM inbox) AS n")?.int("n")
                }
                #expect(left == 0)
            }
        }
    }

    @Test func revenueIsKeptByDayAndCurrency() async throws {
        try await withAnalytics { analytics in
            let next = SampleEvents.instant("2026-03-11T08:00:00Z")
            try await feed(analytics) {
                try SampleEvents.placed("ord_1", lines: [("prod_1", "Kettle", 2, 4_000)])
                try SampleEvents.payment("authorized", of: "ord_1", 4_000)
                try SampleEvents.payment("captured", of: "ord_1", 4_000)
                try SampleEvents.placed("ord_2", lines: [("prod_2", "Cup", 1, 500)])
                try SampleEvents.placed("ord_3", currency: "JPY", lines: [("prod_1", "Kettle", 1, 3_000)])
                try SampleEvents.payment("refunded", of: "ord_1", 1_500, at: next)
                try SampleEvents.payment("voided", of: "ord_2", 500, at: next)
                try SampleEvents.payment("refunded", of: "ord_2", 500, at: next)
                try SampleEvents.payment("voided", of: "ord_never_placed", 900, at: next)
            }
            let (jpy, usd) = (Currency.jpy, Currency.usd)
            let days = try await CallContext.staff(.reportsRead).run {
                try await analytics.revenue(ReportPeriod(day, "2026-03-11"))
            }
            #expect(
                days == [
                    RevenueDay(day: day, orders: 1, gross: Money(3_000, jpy), refunded: Money(0, jpy)),
                    RevenueDay(day: day, orders: 2, gross: Money(4_500, usd), refunded: Money(0, usd)),
                    RevenueDay(day: "2026-03-11", orders: 0, gross: Money(0, usd), refunded: Money(2_000, usd)),
                ])
        }
    }

    @Test func topProductsAddUpAndCarryTheLatestTitle() async throws {
        try await withAnalytics { analytics in
            try await feed(analytics) {
                try SampleEvents.placed(
                    "ord_2", lines: [("prod_1", "Steel kettle", 1, 2_000), ("prod_2", "Cup", 2, 900)],
                    at: SampleEvents.noon.advanced(by: .seconds(60)))
                try SampleEvents.placed("ord_1", lines: [("prod_1", "Kettle", 2, 4_000), ("prod_3", "Spoon", 1, 100)])
            }
            try await CallContext.staff(.reportsRead).run {
                let top = try await analytics.topProducts(ReportPeriod(day, day), limit: 2)
                #expect(top.map(\.productID.rawValue) == ["prod_1", "prod_2"])
                #expect(top.map(\.title) == ["Steel kettle", "Cup"])
                #expect(top.map(\.quantity) == [3, 2])
                #expect(top.map(\.revenue) == [Money(6_000, .usd), Money(900, .usd)])
                await #expect(throws: ServiceError.self) {
                    try await analytics.topProducts(ReportPeriod(day, day), limit: 0)
                }
            }
        }
    }

    @Test func redeliveryAndReplayChangeNothing() async throws {
        try await withEventLog { log in
            try await withDatabase(AnalyticsService.migrations) { database in
                let analytics = AnalyticsService(database: database, log: log, logger: Logger(label: "test"))
                let order = try SampleEvents.placed("ord_1")
                try await log.publish([
                    try SampleEvents.behaviour("product_viewed", session: "browser-1"), order,
                    try SampleEvents.payment("refunded", of: "ord_1", 300),
                ])
                let (group, topics) = (AnalyticsService.group, AnalyticsService.topics)
                let reports = {
                    try await log.drain(group: group, topics: topics, handle: analytics.handle)
                    return try await CallContext.staff(.reportsRead).run {
                        let period = try ReportPeriod(day, day)
                        let products = try await analytics.topProducts(period, limit: 10)
                        return (try await analytics.revenue(period), products, try await funnel(analytics))
                    }
                }
                let before = try await reports()
                #expect(before.0.map(\.refunded) == [Money(300, .usd)])
                try await analytics.handle(order)
                for topic in topics { try await log.rewind(group: group, topic: topic) }
                #expect(try await reports() == before)
            }
        }
    }

    @Test func reportsNeedThePermission() async throws {
        try await withAnalytics { analytics in
            await #expect(throws: ServiceError.unauthenticated) { try await analytics.funnel(ReportPeriod(day, day)) }
            await #expect(throws: ServiceError.forbidden) {
                try await CallContext.staff(.auditRead).run { try await analytics.revenue(ReportPeriod(day, day)) }
            }
        }
    }

    private func funnel(
        _ analytics: AnalyticsService, from: String = "2026-03-10", to: String = "2026-03-10"
    ) async throws -> FunnelReport {
        try await CallContext.staff(.reportsRead).run { try await analytics.funnel(ReportPeriod(from, to)) }
    }

    private func feed(_ analytics: AnalyticsService, @EventList _ events: () throws -> [Event]) async throws {
        for event in try events() { try await analytics.handle(event) }
    }

    private func withAnalytics(_ body: (AnalyticsService) async throws -> Void) async throws {
        try await withEventLog { log in
            try await withDatabase(AnalyticsService.migrations) { database in
                try await body(AnalyticsService(database: database, log: log, logger: Logger(label: "test")))
            }
        }
    }
}

@resultBuilder enum EventList {
    static func buildBlock(_ events: Event...) -> [Event] { events }
}
