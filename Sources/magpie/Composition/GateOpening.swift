import Logging
import SQL
import ServiceLifecycle

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
