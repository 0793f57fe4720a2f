/// A kind of change that transactions notify others in this process of: `tx.notify(.outbox)`. Its users declare it.
package struct Channel: Hashable, Sendable {
    package let name: String
    package init(_ name: String) { self.name = name }
}
