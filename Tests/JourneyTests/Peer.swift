import Foundation

/// An independent program of Tests/Peers, run by the Python that `scripts/setup test` prepares.
enum Peer {
    static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    private static let binaries = root.appending(path: ".tools/venv/bin")

    /// A missing peer is a skip on a laptop and a failure in CI.
    static let mayRun =
        FileManager.default.isExecutableFile(atPath: binaries.appending(path: "python").path)
        || ProcessInfo.processInfo.environment["CI"] != nil
    static let hint = "its tools are missing: run scripts/setup test"

    /// Runs a script to its end.
    static func run(_ script: String, _ arguments: String...) throws -> (status: Int32, output: String) {
        try runProgram(binaries.appending(path: "python"), [path(script)] + arguments)
    }

    /// Runs one of the installed tools to its end.
    static func runTool(_ name: String, _ arguments: [String]) throws -> (status: Int32, output: String) {
        try runProgram(binaries.appending(path: name), arguments)
    }

    private static func path(_ script: String) -> String { root.appending(path: "Tests/Peers/\(script)").path }

    /// Runs a script that prints a JSON object a line, the first when it is ready, while `body` runs.
    static func withRunning(
        _ script: String, _ arguments: String..., body: (_ lines: Lines) async throws -> Void
    ) async throws {
        let output = FileManager.default.temporaryDirectory.appending(path: "peer-\(UUID().uuidString)")
        _ = FileManager.default.createFile(atPath: output.path, contents: nil)
        defer { try? FileManager.default.removeItem(at: output) }
        let process = Process()
        process.executableURL = binaries.appending(path: "python")
        process.arguments = [path(script)] + arguments
        process.standardOutput = try FileHandle(forWritingTo: output)
        try process.runWithSignals()
        defer {
            // Not SIGTERM: threads of the pool block signals, and a child inherits the mask.
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
        }
        let lines = Lines(file: output)
        let deadline = ContinuousClock.now.advanced(by: .seconds(30))
        while lines.all.isEmpty {
            guard process.isRunning, ContinuousClock.now < deadline else {
                throw ShopFailure("\(script) does not start")
            }
            try await Task.sleep(for: .milliseconds(50))  // Polls another process.
        }
        try await body(lines)
    }

    /// What a running peer has printed so far.
    struct Lines {
        let file: URL

        var all: [JSON] {
            let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
            return text.split(separator: "\n").compactMap { line in
                (try? JSONSerialization.jsonObject(with: Data(line.utf8))).map(JSON.init)
            }
        }
    }
}

/// Runs a program to its end; its output holds what it wrote on both streams.
func runProgram(
    _ executable: URL, _ arguments: [String], environment: [String: String]? = nil
) throws -> (status: Int32, output: String) {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = executable
    process.arguments = arguments
    if let environment { process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 } }
    process.standardOutput = pipe
    process.standardError = pipe
    try process.runWithSignals()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: data, as: UTF8.self))
}

extension Process {
    /// Starts the program with no signal blocked: Swift's threads block some, and a program inherits that.
    func runWithSignals() throws {
        var none = sigset_t()
        var blocked = sigset_t()
        sigemptyset(&none)
        pthread_sigmask(SIG_SETMASK, &none, &blocked)
        defer { pthread_sigmask(SIG_SETMASK, &blocked, nil) }
        try run()
    }
}
