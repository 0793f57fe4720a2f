import Calls

/// Small documents by key, changed by compare-and-set. Carts live here.
package protocol KeyValueStore: Sendable {
    /// nil when absent or expired.
    func value(_ key: String) async throws -> VersionedValue?
    /// Writes when the stored version is `expected` (nil: when the key is absent); durable on return.
    /// - Returns: False when somebody else was quicker.
    func set(_ key: String, to bytes: [UInt8], expecting expected: Int64?, lifetime: Duration) async throws -> Bool
    func remove(_ key: String) async throws
}

package struct VersionedValue: Hashable, Sendable {
    package var bytes: [UInt8]
    package var version: Int64

    package init(bytes: [UInt8], version: Int64) {
        self.bytes = bytes
        self.version = version
    }
}

extension KeyValueStore {
    /// Reads, changes and writes until nobody interfered, at most 50 times.
    ///
    /// - Parameter change: Gets the current bytes (nil when absent) and returns what to store, or nil to leave it.
    package func update<Value>(
        _ key: String, lifetime: Duration, _ change: ([UInt8]?) async throws -> (store: [UInt8]?, result: Value)
    ) async throws -> Value {
        for _ in 0..<50 {
            let current = try await value(key)
            let (bytes, result) = try await change(current?.bytes)
            guard let bytes else { return result }
            if try await set(key, to: bytes, expecting: current?.version, lifetime: lifetime) { return result }
            await Task.yield()
        }
        throw ServiceError(.conflict, code: "busy", "Too many changes at once; try again.")
    }
}
