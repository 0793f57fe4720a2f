package import ServiceKit

/// An ``Outcome`` on the wire.
package struct WireOutcome<Value: Codable & Sendable>: Codable, Sendable {
    package var value: Value
    package var replayed: Bool

    package init(_ outcome: Outcome<Value>) { (value, replayed) = (outcome.value, outcome.replayed) }
    package var outcome: Outcome<Value> { Outcome(value, replayed: replayed) }
}
