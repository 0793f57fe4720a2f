/// The result of something that honours an idempotency key.
package struct Outcome<Value: Sendable>: Sendable {
    package var value: Value
    /// True when this is the stored response of an earlier request with the same key.
    package var replayed: Bool

    package init(_ value: Value, replayed: Bool = false) {
        self.value = value
        self.replayed = replayed
    }
}
