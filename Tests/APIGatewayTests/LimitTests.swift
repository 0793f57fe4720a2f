import Calls
import Commerce
import Testing

@testable import APIGateway

@Suite struct LimitTests {
    private let start = ContinuousClock.now

    @Test func aBurstPassesAndThenTheSteadyRate() throws {
        let limiter = RateLimiter(RateLimitSettings(general: .init(perSecond: 2, burst: 3)))
        for _ in 0..<3 { try limiter.admit("a", .general, at: start) }
        let refusal = #expect(throws: ServiceError.self) { try limiter.admit("a", .general, at: start) }
        #expect(refusal?.retryAfter == .milliseconds(500))
        try limiter.admit("b", .general, at: start)
        try limiter.admit("a", .logIn, at: start)
        try limiter.admit("a", .general, at: start.advanced(by: .milliseconds(500)))
        let early = start.advanced(by: .milliseconds(900))
        #expect(throws: ServiceError.self) { try limiter.admit("a", .general, at: early) }
        for _ in 0..<3 { try limiter.admit("a", .general, at: start.advanced(by: .seconds(10))) }
    }

    @Test func newcomersShareWhatIsLeftWhenTheTableIsFull() throws {
        let limiter = RateLimiter(RateLimitSettings(general: .init(perSecond: 1, burst: 2), clients: 2))
        for client in ["a", "b", "c", "d"] { try limiter.admit(client, .general, at: start) }
        #expect(throws: ServiceError.self) { try limiter.admit("e", .general, at: start) }
        try limiter.admit("a", .general, at: start)
        try limiter.admit("e", .general, at: start.advanced(by: .seconds(5)))
    }

    @Test func switchedOffNothingIsCounted() throws {
        let limiter = RateLimiter(.off)
        for _ in 0..<10_000 { try limiter.admit("a", .logIn, at: start) }
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
