/// The generic cell rate algorithm (ITU-T I.371, appendix A) in Redis, so that all processes share one allowance. Time is
/// the server's.
///
/// A key holds one instant in microseconds: when its allowance will be full again. It expires then.
package struct RedisRateLimiter: Sendable {
    private static let admit = RedisScript(
        """
        local time = redis.call('TIME')
        local now = time[1] * 1000000 + time[2]
        local full = math.max(tonumber(redis.call('GET', KEYS[1]) or now), now) + ARGV[1] * ARGV[3]
        local excess = full - now - ARGV[1] * ARGV[2]
        if excess > 0 then return excess end
        redis.call('SET', KEYS[1], string.format('%.0f', full), 'PX', math.ceil((full - now) / 1000))
        return 0
        """)

    private let client: RedisClient
    private let prefix: String

    /// - Parameter prefix: Of every key: other data may be in the same database.
    package init(_ client: RedisClient, prefix: String = "rate:") {
        self.client = client
        self.prefix = prefix
    }

    /// Counts requests. The time between two is rounded to whole microseconds.
    ///
    /// - Returns: nil when they are admitted; else the time to wait, and then nothing was counted.
    package func admit(key: String, perSecond: Double, burst: Int, count: Int = 1) async throws -> Duration? {
        guard count > 0 else { return nil }
        let interval = Int64((1_000_000 / min(max(perSecond, 0.001), 1_000_000)).rounded())
        let reply = try await client.run(
            Self.admit, keys: [prefix + key],
            [RedisArgument(interval), RedisArgument(Int64(max(burst, 1))), RedisArgument(Int64(count))])
        guard let excess = reply.integer, excess > 0 else { return nil }
        return .microseconds(excess)
    }
}
