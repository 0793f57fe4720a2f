import HTTPTypes
import ServiceLifecycle
import Synchronization

/// Tells a load balancer that the process is on its way out. Comes last in the list of services, for services stop in
/// reverse order: readiness ends before the first of them does.
package final class Drain: Service {
    private let hasBegun = Atomic(false)

    package init() {}

    package func run() async throws {
        try await gracefulShutdown()
        hasBegun.store(true, ordering: .relaxed)
    }

    package var check: ReadinessCheck {
        ReadinessCheck(name: "shutdown") { [self] in
            if hasBegun.load(ordering: .relaxed) { throw WebError.draining }
        }
    }
}

extension WebError {
    fileprivate static let draining = WebError(.serviceUnavailable, code: "draining", "The process is shutting down.")
}
