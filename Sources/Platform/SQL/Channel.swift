/// What transactions can tell others in this process: `tx.notify(.outbox)`. Whoever uses one declares it.
package struct Channel: Hashable, Sendable {
    package let name: String
    package init(_ name: String) { self.name = name }
}
