import RedisDriver
import Testing

@Suite(.enabled(if: RedisServer.isInstalled, "redis-server is not installed")) struct RedisRateLimiterTests {
    @Test func aBurstIsAdmittedExactly() async throws {
        try await withClient { client in
            let limiters = [RedisRateLimiter(client), RedisRateLimiter(client)]
            let admitted = try await withThrowingTaskGroup(of: Bool.self) { tasks in
                for number in 0..<100 {
                    tasks.addTask {
                        try await limiters[number % 2].admit(key: "k", perSecond: 0.01, burst: 20, count: 1) == nil
                    }
                }
                return try await tasks.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(admitted == 20)
            #expect(try await limiters[0].admit(key: "other", perSecond: 0.01, burst: 1, count: 1) == nil)
        }
    }

    @Test func afterTheBurstTheRateCounts() async throws {
        try await withClient { client in
            let limiter = RedisRateLimiter(client)
            let start = ContinuousClock.now
            var admitted = 0
            while admitted < 25 {
                if let pause = try await limiter.admit(key: "k", perSecond: 50, burst: 5, count: 1) {
                    #expect(pause > .zero && pause <= .milliseconds(20))
                    try await Task.sleep(for: pause)  // Redis has its own clock, which cannot be changed.
                } else {
                    admitted += 1
                }
            }
            // Five at once, then twenty at 20 ms each: never faster; slower only when the machine is.
            let spent = start.duration(to: .now)
            #expect(spent > .milliseconds(390) && spent < .seconds(5), "\(spent)")
        }
    }

    @Test func theTimeToWaitIsReturnedAndNothingIsCounted() async throws {
        try await withClient { client in
            let limiter = RedisRateLimiter(client)
            #expect(try await limiter.admit(key: "k", perSecond: 0.1, burst: 10, count: 8) == nil)
            for _ in 0..<3 {
                let pause = try #require(try await limiter.admit(key: "k", perSecond: 0.1, burst: 10, count: 5))
                #expect(pause > .seconds(28) && pause <= .seconds(30))
            }
            #expect(try await limiter.admit(key: "k", perSecond: 0.1, burst: 10, count: 2) == nil)
            let pause = try #require(try await limiter.admit(key: "k", perSecond: 0.1, burst: 10, count: 1))
            #expect(pause > .seconds(8) && pause <= .seconds(10))
        }
    }

    @Test func aFullAllowanceTakesNoMemory() async throws {
        try await withClient { client in
            let limiter = RedisRateLimiter(client)
            #expect(try await limiter.admit(key: "k", perSecond: 0.1, burst: 10, count: 3) == nil)
            let life = try #require(try await client.send(["PTTL", "rate:k"]).integer)
            #expect((28_000...30_000).contains(life))
        }
    }
}
