import Commerce
import HTTPTypes
import HummingbirdTesting
import ServiceKit
import Testing
import Web

@testable import APIGateway

@Suite struct LimitTests {
    @Test func behaviourEventsAreCountedOneByOne() async throws {
        var services = Services()
        services.onRecord = { _ in }
        let shop = try await Shop(services, rateLimit: RateLimitSettings(events: .init(perSecond: 0.01, burst: 3)))
        let event = #"{"type":"page_viewed","occurred_at":"2026-11-23T10:00:00Z"}"#
        try await shop.test { client in
            let two = #"{"events":[\#(event),\#(event)]}"#
            #expect(try await client.send(.post, "/api/v1/events", json: two).status == .accepted)
            let refused = try await client.send(.post, "/api/v1/events", json: two)
            #expect(refused.status == .tooManyRequests)
            #expect(refused.code == "rate_limited")
            #expect(refused.headers[.retryAfter] != nil)
        }
    }

    @Test func aReportCoversThirtyDaysUnlessItIsTold() throws {
        let now = try #require(Instant(rfc3339: "2026-11-23T10:00:00Z"))
        let standard = try ReportPeriod(from: nil, to: nil, now: now)
        #expect(standard.from == "2026-10-25")
        #expect(standard.to == "2026-11-23")
        let past = try ReportPeriod(from: nil, to: "2026-03-01", now: now)
        #expect(past.from == "2026-01-31")
    }

    @Test(arguments: [
        ("2026-02-30", "2026-03-01"), ("yesterday", "2026-03-01"), ("2026-03-02", "2026-03-01"), ("2026-1-1", nil),
    ])
    func daysThatAreNoneAreRefused(from: String, to: String?) {
        #expect(throws: ServiceError.self) { try ReportPeriod(from: from, to: to, now: .now) }
    }
}
