import CRedis

/// One session with the server. Every call blocks, for no longer than its limit.
///
/// Unchecked: hiredis's handle is used by one `RedisLink`, on that link's queue only.
final class RedisConnection: @unchecked Sendable {
    private let handle: UnsafeMutablePointer<redisContext>

    /// Connects and logs in. Throws `RedisConnectionFailure`, or `RedisConfigurationError`.
    init(_ settings: RedisSettings) throws {
        let limit = ContinuousClock.now.advanced(by: settings.connectTimeout)
        let milliseconds = Self.milliseconds(settings.connectTimeout)
        guard let handle = magpie_redis_connect(settings.host, Int32(settings.port), Int(milliseconds)) else {
            throw RedisConnectionFailure(reason: "out of memory")
        }
        self.handle = handle  // From here on, deinit frees it.
        guard handle.pointee.err == 0 else { throw failure }
        redisEnableKeepAlive(handle)
        try logIn(settings, until: limit)
    }

    deinit { redisFree(handle) }

    /// Whether the server sent something without a command, most likely the end of the connection.
    var isStale: Bool { magpie_redis_wait(handle, 0, 0) != 0 }

    func write(_ bytes: [UInt8], until limit: ContinuousClock.Instant) throws(RedisConnectionFailure) {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                magpie_redis_send(handle, buffer.baseAddress?.advanced(by: sent), buffer.count - sent)
            }
            guard count >= 0 else { throw RedisConnectionFailure(reason: "the connection broke") }
            sent += count
            if count == 0 { try wait(toWrite: true, until: limit) }
        }
    }

    func read(until limit: ContinuousClock.Instant) throws(RedisConnectionFailure) -> RedisReply {
        while true {
            var object: UnsafeMutableRawPointer?
            guard redisGetReplyFromReader(handle, &object) == REDIS_OK else { throw failure }
            if let object {
                defer { freeReplyObject(object) }
                return RedisReply(object.assumingMemoryBound(to: redisReply.self).pointee)
            }
            try wait(toWrite: false, until: limit)
            guard redisBufferRead(handle) == REDIS_OK else { throw failure }
        }
    }

    private func wait(toWrite: Bool, until limit: ContinuousClock.Instant) throws(RedisConnectionFailure) {
        while true {
            let rest = ContinuousClock.now.duration(to: limit)
            let ready = magpie_redis_wait(handle, toWrite ? 1 : 0, Self.milliseconds(rest))
            if ready > 0 { return }
            if ready < 0 { throw RedisConnectionFailure(reason: "the connection broke") }
            if rest <= .zero { throw RedisConnectionFailure(reason: "no reply in time") }
        }
    }

    private var failure: RedisConnectionFailure {
        RedisConnectionFailure(reason: String(cString: magpie_redis_error(handle)))
    }

    /// Rounded up, so that a wait does not end before its time.
    private static func milliseconds(_ duration: Duration) -> Int32 {
        guard duration > .zero else { return 0 }
        return Int32(min(Double(Int32.max), (duration / .milliseconds(1)).rounded(.up)))
    }
}
