import ServiceKit

/// Small documents by key, changed by compare-and-set. Carts live here.
package protocol KeyValueStore: Sendable {
    /// nil when absent or expired.
    func value(_ key: String) async throws -> VersionedValue?
    /// Writes when the stored version is `expected` (nil: when the key is absent) and none of the other entries is there
    /// yet: all of it, durable on return, or nothing.
    ///
    /// - Parameter entries: Other entries to create, such as the response kept under an idempotency key.
    /// - Returns: False after a concurrent change.
    func set(
        _ key: String, to bytes: [UInt8], expecting expected: Int64?, lifetime: Duration, creating entries: [NewEntry]
    ) async throws -> Bool
    func remove(_ key: String) async throws
}

extension KeyValueStore {
    package func set(
        _ key: String, to bytes: [UInt8], expecting expected: Int64?, lifetime: Duration
    ) async throws -> Bool {
        try await set(key, to: bytes, expecting: expected, lifetime: lifetime, creating: [])
    }

    /// Reads, changes and writes until there was no concurrent change, at most 50 times.
    ///
    /// - Parameter change: Gets the current bytes (nil when absent); runs again after a concurrent change.
    package func update<Value>(
        _ key: String, lifetime: Duration, _ change: ([UInt8]?) async throws -> KeyValueChange<Value>
    ) async throws -> Value {
        for _ in 0..<50 {
            let current = try await value(key)
            let change = try await change(current?.bytes)
            guard let bytes = change.store else { return change.result }
            let isWritten = try await set(
                key, to: bytes, expecting: current?.version, lifetime: lifetime, creating: change.creating)
            if isWritten { return change.result }
            await Task.yield()
        }
        throw ServiceError(ErrorCode.busy, "Too many changes at once; try again.")
    }
}
