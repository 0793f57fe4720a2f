import Foundation
import Synchronization

/// A broker that a test starts and stops, with the same port and folder each time.
final class TestBroker: Sendable {
    /// `MAGPIE_TEST_KAFKA_SERVER`, as `scripts/with-kafka` sets it.
    static let program = ProcessInfo.processInfo.environment["MAGPIE_TEST_KAFKA_SERVER"]

    let port: Int
    private let folder: URL
    private let process = Mutex<Process?>(nil)

    init(folder: URL) {
        self.folder = folder
        port = Int.random(in: 30_000..<32_000)
    }

    /// Returns before the broker accepts connections.
    func start() async throws {
        try await withCheckedThrowingContinuation { continuation in
            // Threads of the pool block signals, and a process would inherit that: it could not be terminated.
            Thread.detachNewThread {
                var none = sigset_t()
                sigemptyset(&none)
                pthread_sigmask(SIG_SETMASK, &none, nil)
                continuation.resume(with: Result { try self.launch() })
            }
        }
    }

    private func launch() throws {
        let process = Process()
        process.executableURL = Self.program.map { URL(filePath: $0) }
        process.arguments = [
            "start", "--data-dir", folder.path, "--host", "127.0.0.1", "--only", "kafka", "--kafka-port", "\(port)",
        ]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        self.process.withLock { $0 = process }
    }

    /// Terminates the broker, and waits until it has ended.
    func stop() async {
        let process = process.withLock { process in
            defer { process = nil }
            return process
        }
        guard let process else { return }
        await withCheckedContinuation { continuation in
            process.terminationHandler = { _ in continuation.resume() }
            process.terminate()
        }
    }

    deinit { process.withLock { $0?.terminate() } }
}
