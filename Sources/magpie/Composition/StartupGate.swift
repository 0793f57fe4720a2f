import ServiceKit
import Web

/// Holds a process's work back until its backends can be used.
final class StartupGate: Sendable {
    private let opened = Signal()

    func open() { opened.notify() }

    /// Returns when the gate is open, or the task is cancelled.
    func wait() async { await opened.wait(after: 0) }

    var check: ReadinessCheck {
        ReadinessCheck(name: "engines") { [self] in
            if opened.count == 0 { throw ServiceError.unavailable("A backend of the service") }
        }
    }
}
