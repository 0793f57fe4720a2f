import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import Synchronization

/// A real shop on a folder and ports of its own: `magpie up`, or with `MAGPIE_TEST_SHAPE=cluster` each service in processes
/// of its own, on the engines that `scripts/with-…` have started.
final class RunningShop: Sendable {
    let folder: URL
    let port: Int
    let operationsPort: Int
    private let process: Process
    private let output: URL
    /// How long the log was before this start.
    private let logged: Int

    static let isCluster = Shape.current == .cluster
    /// For tests that break a service's only process, whatever `MAGPIE_TEST_REPLICAS` says.
    static let oneProcessAService = ["MAGPIE_TEST_REPLICAS": ""]

    /// Starts the shop and waits until it is ready.
    static func start(
        in folder: URL, arguments: [String] = ["--demo"], environment: [String: String] = [:]
    ) async throws -> RunningShop {
        let shop = try RunningShop(folder: folder, arguments: arguments, environment: environment)
        try await shop.waitUntilReady()
        return shop
    }

    private init(folder: URL, arguments: [String], environment: [String: String]) throws {
        self.folder = folder
        (port, operationsPort) = (try FreePort.next(), try FreePort.next())
        output = folder.deletingLastPathComponent().appending(path: folder.lastPathComponent + ".log")
        if !FileManager.default.fileExists(atPath: output.path) {
            _ = FileManager.default.createFile(atPath: output.path, contents: nil)
        }
        let log = try FileHandle(forWritingTo: output)
        logged = Int(try log.seekToEnd())
        let replicas =
            environment["MAGPIE_TEST_REPLICAS"] ?? ProcessInfo.processInfo.environment["MAGPIE_TEST_REPLICAS"]
        process = Process()
        let own = ["--data", folder.path, "--port", "\(port)"] + arguments
        if Self.isCluster {
            process.executableURL = Peer.root.appending(path: "scripts/cluster")
            process.arguments =
                own + [
                    "--binary", Self.executable.path, "--replicas", replicas ?? "",
                ]
        } else {
            process.executableURL = Self.executable
            process.arguments = ["up"] + own
        }
        process.environment = ProcessInfo.processInfo.environment.merging(
            [
                "MAGPIE_OPS_PORT": "\(operationsPort)", "MAGPIE_RATE_LIMIT": "off", "MAGPIE_LOG_LEVEL": "warning",
                "MAGPIE_TEST_PAYMENTS": "on",
            ].merging(environment) { $1 }
        ) { $1 }
        process.standardOutput = log
        process.standardError = log
        try process.runWithSignals()
    }

    /// The executable that was built beside the tests.
    static let executable: URL = {
        let tests = URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath()
        return tests.deletingLastPathComponent().appending(path: "magpie")
    }()

    var log: String { (try? String(contentsOf: output, encoding: .utf8)) ?? "" }

    /// The last warnings and errors of each process of a cluster.
    var complaints: String {
        let files = (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? []
        return files.filter { $0.pathExtension == "log" }.map { file in
            let lines = ((try? String(contentsOf: file, encoding: .utf8)) ?? "").split(separator: "\n").suffix(8)
            return "\(file.lastPathComponent):\n" + lines.map { "  \($0.prefix(500))\n" }.joined()
        }.joined()
    }

    var isRunning: Bool { process.isRunning }
    var processID: Int32 { process.processIdentifier }

    private func waitUntilReady() async throws {
        let deadline = ContinuousClock.now.advanced(by: .seconds(60))
        while ContinuousClock.now < deadline {
            guard process.isRunning else { throw ShopFailure("the shop ended at once:\n\(log)") }
            if Self.isCluster, log.utf8.dropFirst(logged).contains(Self.ready) { return }
            if !Self.isCluster,
                let status = try? await Client.shared.get("http://127.0.0.1:\(operationsPort)/readyz").status,
                status == 200
            {
                return
            }
            try await Task.sleep(for: .milliseconds(50))  // Polls a process that has no other signal.
        }
        throw ShopFailure("the shop was not ready after 60 s:\n\(log)")
    }

    /// The last line of `scripts/cluster` when it is ready.
    private static let ready = "Every service is ready.".utf8

    func kill() {
        Foundation.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    /// `kill -9` of the process that runs this service, the first of several. It is restarted.
    func killProcess(of service: String) throws { Foundation.kill(try running(service).pid, SIGKILL) }

    /// What `/readyz` answers: of the service's first process in a cluster, of the shop without one.
    func readiness(of service: String) async throws -> Int {
        let port = Self.isCluster ? try running(service).operations : operationsPort
        return try await Client.shared.get("http://127.0.0.1:\(port)/readyz").status
    }

    /// The metrics of the service's first process in a cluster, of the shop without one.
    func metrics(of service: String) async throws -> String {
        let port = Self.isCluster ? try running(service).operations : operationsPort
        return try await Client.shared.get("http://127.0.0.1:\(port)/metrics").text
    }

    private struct Running: Decodable {
        var service: String
        var pid: Int32
        var operations: Int
    }

    /// The names of the services that run in a cluster.
    var services: Set<String> { get throws { Set(try allRunning.map(\.service)) } }

    private var allRunning: [Running] {
        get throws {
            let file = folder.appending(path: "processes.json")
            return try JSONDecoder().decode([Running].self, from: Data(contentsOf: file))
        }
    }

    private func running(_ service: String) throws -> Running {
        guard let one = try allRunning.first(where: { $0.service == service }) else {
            throw ShopFailure("no \(service) runs")
        }
        return one
    }

    /// One process after the other, each ready before the next.
    func restartEverything() { Foundation.kill(process.processIdentifier, SIGHUP) }

    /// SIGTERM.
    func terminate() { process.terminate() }

    /// SIGTERM; answers the exit status.
    func stop() -> Int32 {
        terminate()
        process.waitUntilExit()
        return process.terminationStatus
    }

    /// Runs a command of the command line on the shop's folder.
    @discardableResult
    func command(_ arguments: String...) throws -> (status: Int32, output: String) {
        try runProgram(
            Self.executable, arguments + ["--data", folder.path], environment: try ClusterSettings(of: folder)?.values)
    }

    static func command(
        _ arguments: [String], environment: [String: String]? = nil
    ) throws -> (status: Int32, output: String) {
        try runProgram(executable, arguments, environment: environment)
    }
}

struct ShopFailure: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}

/// Free ports.
enum FreePort {
    private static let taken = Mutex(Set<Int>())

    static func next() throws -> Int {
        for _ in 0..<100 {
            let port = Int.random(in: 20_000..<32_000)
            guard taken.withLock({ $0.insert(port).inserted }), canBind(port) else { continue }
            return port
        }
        throw ShopFailure("no free port")
    }

    private static func canBind(_ port: Int) -> Bool {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        return withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }
}

/// Runs `body` with a shop in a new folder; stops it and removes the folder afterwards.
func withShop(
    arguments: [String] = ["--demo"], environment: [String: String] = [:],
    _ body: (RunningShop) async throws -> Void
) async throws {
    try await withFolder { folder in
        let shop = try await RunningShop.start(in: folder, arguments: arguments, environment: environment)
        do {
            try await body(shop)
        } catch {
            if RunningShop.isCluster { _ = shop.stop() } else { shop.kill() }
            throw error
        }
        if shop.isRunning { _ = shop.stop() }
    }
}

func withFolder(_ body: (URL) async throws -> Void) async throws {
    let parent = FileManager.default.temporaryDirectory.appending(path: "magpie-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: parent) }
    try await body(parent.appending(path: "data"))
}
