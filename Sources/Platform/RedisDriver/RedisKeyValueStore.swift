import Commerce
package import KeyValue

/// The key-value store in Redis, durable on return when the server runs with `appendfsync always`.
///
/// An entry is one string: the version in decimal, a colon, the bytes. A new entry's version is the server's time in
/// microseconds, so that a writer that read a document which was removed since does not overwrite its successor.
package struct RedisKeyValueStore: KeyValueStore {
    private static let set = RedisScript(
        """
        local stored = string.match(redis.call('GETRANGE', KEYS[1], 0, 19), '^%d+') or ''
        if stored ~= ARGV[1] then return 0 end
        for i = 2, #KEYS do
            if redis.call('EXISTS', KEYS[i]) == 1 then return 0 end
        end
        local time = redis.call('TIME')
        local new = string.format('%.0f', time[1] * 1000000 + time[2])
        local version = stored == '' and new or string.format('%.0f', stored + 1)
        for i = 1, #KEYS do
            local value = (i == 1 and version or new) .. ':' .. ARGV[2 * i]
            redis.call('SET', KEYS[i], value, 'PX', ARGV[2 * i + 1])
        end
        return 1
        """)

    private let client: RedisClient
    private let prefix: String

    /// - Parameter prefix: Before every key: several stores may share one database.
    package init(_ client: RedisClient, prefix: String = "") {
        self.client = client
        self.prefix = prefix
    }

    package func value(_ key: String) async throws -> VersionedValue? {
        guard let stored = try await client.send(["GET", "\(prefix)\(key)"], safeToRepeat: true).bytes else {
            return nil
        }
        guard let colon = stored.firstIndex(of: UInt8(ascii: ":")),
            let version = Int64(String(decoding: stored[..<colon], as: UTF8.self))
        else { throw RedisError("WRONGTYPE an entry of the key-value store has no version") }
        return VersionedValue(bytes: Array(stored[(colon + 1)...]), version: version)
    }

    package func set(
        _ key: String, to bytes: [UInt8], expecting expected: Int64?, lifetime: Duration, creating entries: [NewEntry]
    ) async throws -> Bool {
        let all = [NewEntry(key: key, bytes: bytes, lifetime: lifetime)] + entries
        guard Set(all.map(\.key)).count == all.count else { return false }  // A key cannot be created twice.
        let values = all.flatMap { entry in
            [RedisArgument(entry.bytes), RedisArgument(max(1, entry.lifetime.wholeMilliseconds))]
        }
        let reply = try await client.run(
            Self.set, keys: all.map { prefix + $0.key }, [RedisArgument(expected.map(String.init) ?? "")] + values)
        return reply.integer == 1
    }

    package func remove(_ key: String) async throws { _ = try await client.send(["DEL", "\(prefix)\(key)"]) }
}
