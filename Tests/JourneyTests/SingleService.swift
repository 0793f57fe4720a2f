import Foundation

/// One `magpie serve` with settings of its own, on the engines that `scripts/with-…` have started.
final class SingleService: Sendable {
    let name: String
    let operationsPort: Int
    private let process: Process
    private let output: URL

    /// - Parameter environment: Beside `MAGPIE_DATA`, ports and the service key.
    init(_ name: String, in folder: URL, environment: [String: String]) throws {
        self.name = name
        operationsPort = try FreePort.next()
        output = folder.deletingLastPathComponent().appending(path: "\(name)-\(operationsPort).log")
        _ = FileManager.default.createFile(atPath: output.path, contents: nil)
        let log = try FileHandle(forWritingTo: output)
        let own = [
            "MAGPIE_DATA": folder.path, "MAGPIE_PORT": "\(try FreePort.next())",
            "MAGPIE_OPS_PORT": "\(operationsPort)", "MAGPIE_SERVICE_KEY": String(repeating: "k", count: 40),
            "MAGPIE_LOG_LEVEL": "warning", "MAGPIE_PUBLIC_URL": "http://localhost:8080",
        ]
        process = Process()
        process.executableURL = RunningShop.executable
        process.arguments = ["serve", name]
        process.environment = ProcessInfo.processInfo.environment.merging(own) { $1 }.merging(environment) { $1 }
        process.standardOutput = log
        process.standardError = log
        try process.runWithSignals()
    }

    var log: String { (try? String(contentsOf: output, encoding: .utf8)) ?? "" }
    var isRunning: Bool { process.isRunning }

    func isReady() async -> Bool { await status(of: "/readyz") == 200 }

    /// The status of `/livez` or `/readyz`; nil without a response.
    func status(of path: String) async -> Int? {
        try? await Client.shared.get("http://127.0.0.1:\(operationsPort)\(path)").status
    }

    /// Waits until the condition holds.
    func eventually(_ what: String, _ condition: () async throws -> Bool) async throws {
        try await wait(for: "\(name): \(what)", within: .seconds(20), otherwise: { log }, condition)
    }

    func eventuallyReady() async throws { try await eventually("is ready", isReady) }

    /// SIGTERM; answers the exit status and how long it took.
    func stop() -> (status: Int32, duration: Duration) {
        let begun = ContinuousClock.now
        process.terminate()
        process.waitUntilExit()
        return (process.terminationStatus, .now - begun)
    }

    func waitUntilExit() -> Int32 {
        process.waitUntilExit()
        return process.terminationStatus
    }
}
