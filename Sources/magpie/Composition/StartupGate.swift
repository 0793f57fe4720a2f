import Logging
import SQL
import ServiceKit
import ServiceLifecycle
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

/// A service that begins when the gate is open.
struct GatedService: Service {
    let gate: StartupGate
    let service: any Service

    func run() async throws {
        await cancelWhenGracefulShutdown { await gate.wait() }
        if Task.isShuttingDownGracefully || Task.isCancelled { return }
        try await service.run()
    }
}

/// Opens the gate once the backends answer, have the schemas and topics this program needs, and the disk can be written.
/// Until then the process lives, says what it waits for, and is not ready: no crash loop. A newer schema ends it.
struct GateOpening: Service {
    let gate: StartupGate
    let logger: Logger
    /// Throws what is wrong.
    let check: @Sendable () async throws -> Void

    func run() async throws {
        try await waitForBackends()
        gate.open()
        try await gracefulShutdown()
    }

    private func waitForBackends() async throws {
        var pause = Duration.milliseconds(200)
        var last = ""
        while !Task.isShuttingDownGracefully {
            do {
                return try await check()
            } catch let error as MigrationError {
                if error.isFinal { throw Fault("\(error)") }
                say(error, unless: &last)
            } catch {
                if Task.isCancelled { return }
                say(error, unless: &last)
            }
            // The polling interval.
            try? await cancelWhenGracefulShutdown { [pause] in try await Task.sleep(for: pause) }
            pause = min(pause * 2, .seconds(3))
        }
    }

    /// Each reason once, not every few seconds.
    private func say(_ error: any Error, unless last: inout String) {
        let text = "\(error)"
        guard text != last else { return }
        last = text
        logger.error("Waiting for the backends of this service", metadata: ["error": "\(text)"])
    }
}

extension MigrationError {
    /// Waiting does not help: this program is older than the data.
    fileprivate var isFinal: Bool {
        switch self {
        case .newerSchema, .diverged: true
        case .olderSchema: false
        }
    }
}
