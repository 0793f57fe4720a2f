package import Commerce
import Synchronization

/// A clock that a test advances.
package final class TestClock: Sendable {
    private let instant: Mutex<Instant>

    package init(_ start: Instant = .now) { instant = Mutex(start) }

    package var clock: WallClock { WallClock { self.instant.withLock { $0 } } }

    package func advance(by duration: Duration) {
        instant.withLock { $0 = $0.advanced(by: duration) }
    }
}
