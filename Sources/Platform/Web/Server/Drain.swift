import NIOCore
import ServiceKit
import ServiceLifecycle
import Synchronization

/// Reports to load balancers that the process is shutting down. Last in the list of services, because services stop in
/// reverse order: readiness ends before the first of them stops.
///
/// Shortly before the servers close, new connections are dropped: a socket that is closed resets the connections that wait
/// in its queue, and a client that sent a request on one cannot know whether it arrived.
package final class Drain: Service {
    private let hasBegun = Atomic(false)
    private let notice: Duration
    private let listeners = Mutex<[any Channel]>([])

    /// Earlier connections are accepted within this time, on a busy machine too.
    private static let acceptance = Duration.milliseconds(200)

    /// - Parameter notice: How long the servers continue after readiness has ended, so that callers move to other processes.
    package init(notice: Duration = .zero) { self.notice = notice }

    package var isDraining: Bool { hasBegun.load(ordering: .relaxed) }

    package func run() async throws {
        try await gracefulShutdown()
        hasBegun.store(true, ordering: .relaxed)
        if notice > .zero { try await Task.sleep(for: notice) }  // Callers move to other processes.
        for listener in listeners.withLock(\.self) { try? await listener.dropNewConnections() }
        try await Task.sleep(for: Self.acceptance)
    }

    /// - Parameter listener: A socket on which a server accepts connections.
    func add(_ listener: any Channel) { listeners.withLock { $0.append(listener) } }

    package var check: ReadinessCheck {
        ReadinessCheck(name: "shutdown") { [self] in
            if isDraining { throw ServiceError.draining }
        }
    }
}

extension ServiceError {
    fileprivate static let draining = ServiceError(ErrorCode.draining, "The process is shutting down.")
}
