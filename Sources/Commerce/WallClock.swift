/// Where time comes from. Services take one, so that tests can control time.
package struct WallClock: Sendable {
    package let now: @Sendable () -> Instant

    package init(now: @escaping @Sendable () -> Instant) { self.now = now }

    package static let system = WallClock { .now }
}
