import ServiceKit

/// Small documents by key, changed by compare-and-set. Carts live here.
package protocol KeyValueStore: Sendable {
    /// nil when absent or expired.
    func value(_ key: String) async throws -> VersionedValue?
    /// Writes when the stored version is `expected` (nil: when the key is absent) and none of the other entries is there
    /// yet: all of it, durable on return, or nothing.
    ///
    /// - Parameter entries: What else comes into being, such as the answer kept under an idempotency key.
    /// - Returns: False when somebody else was quicker.
    func set(
        _ key: String, to bytes: [UInt8], expecting expected: Int64?, lifetime: Duration, creating entries: [NewEntry]
    ) async throws -> Bool
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

/// An entry that did not exist before.
package struct NewEntry: Hashable, Sendable {
    package var key: String
    package var bytes: [UInt8]
    package var lifetime: Duration

    package init(key: String, bytes: [UInt8], lifetime: Duration) {
        self.key = key
        self.bytes = bytes
        self.lifetime = lifetime
    }
}

/// What becomes of a document, and what its change answers.
package struct KeyValueChange<Value> {
    /// nil leaves the document as it is.
    package var store: [UInt8]?
    package var creating: [NewEntry]
    package var result: Value

    package init(store: [UInt8]? = nil, creating: [NewEntry] = [], result: Value) {
        self.store = store
        self.creating = creating
        self.result = result
    }
}

extension KeyValueStore {
    package func set(
        _ key: String, to bytes: [UInt8], expecting expected: Int64?, lifetime: Duration
    ) async throws -> Bool {
        try await set(key, to: bytes, expecting: expected, lifetime: lifetime, creating: [])
    }

    /// Reads, changes and writes until nobody interfered, at most 50 times.
    ///
    /// - Parameter change: Gets the current bytes (nil when absent); runs again when somebody else was quicker.
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
        throw ServiceError(.conflict, code: "busy", "Too many changes at once; try again.")
    }
}
