import Foundation
import Logging
import RedisDriver
import ServiceKit
import Synchronization

/// A Redis server that a test may kill, stall and restart; its data is in a folder.
actor RedisServer {
    struct NotStarted: Error { var log: String }

    static let isInstalled = ["/usr/bin", "/usr/local/bin", "/opt/homebrew/bin"].contains {
        FileManager.default.isExecutableFile(atPath: "\($0)/redis-server")
    }

    nonisolated let port: Int
    nonisolated let password: String?
    private let folder: URL
    private var process: Process?
    private var exit = AsyncStream<Void>.makeStream()

    init(password: String?) throws {
        port = try Self.freePort()
        self.password = password
        folder = FileManager.default.temporaryDirectory.appending(path: "magpie-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    nonisolated func settings(_ change: (inout RedisSettings) -> Void = { _ in }) -> RedisSettings {
        var settings = RedisSettings(host: "127.0.0.1", port: port, password: password)
        change(&settings)
        return settings
    }

    /// Returns when the server accepts connections and has read its data.
    func start() async throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments =
            ["redis-server", "--bind", "127.0.0.1", "--port", "\(port)", "--dir", folder.path]
            + ["--appendonly", "yes", "--appendfsync", "always", "--save", ""]
            + (password.map { ["--requirepass", $0] } ?? [])
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        let (ready, report) = AsyncStream<Bool>.makeStream()
        let log = Mutex("")
        let pipe = output.fileHandleForReading
        Thread.detachNewThread {
            while case let data = pipe.availableData, !data.isEmpty {
                let text = log.withLock { log in
                    log += String(decoding: data, as: UTF8.self)
                    return log
                }
                if text.contains("Ready to accept connections") { report.yield(true) }
            }
            report.finish()
        }
        let (exited, ended) = AsyncStream<Void>.makeStream()
        exit = (exited, ended)
        process.terminationHandler = { _ in ended.finish() }
        try process.run()
        self.process = process
        guard await ready.first(where: { $0 }) != nil else { throw NotStarted(log: log.withLock { $0 }) }
    }

    /// `kill -9`
    func kill() async {
        signal(SIGKILL)
        for await _ in exit.stream {}
        process = nil
    }

    func stall() { signal(SIGSTOP) }
    func goOn() { signal(SIGCONT) }

    func remove() async {
        if process != nil { await kill() }
        try? FileManager.default.removeItem(at: folder)
    }

    private func signal(_ number: Int32) {
        guard let process else { return }
        #if canImport(Darwin)
            Darwin.kill(process.processIdentifier, number)
        #else
            Glibc.kill(process.processIdentifier, number)
        #endif
    }

    private static let nextPort = Atomic(Int.random(in: 20_000..<29_000))

    /// A free port, below those that the kernel gives to outgoing connections: it stays free while the
    /// server is down.
    private static func freePort() throws -> Int {
        for _ in 0..<1_000 {
            let port = nextPort.wrappingAdd(1, ordering: .relaxed).newValue
            let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            defer { close(descriptor) }
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
            address.sin_port = in_port_t(port).bigEndian
            let length = socklen_t(MemoryLayout<sockaddr_in>.size)
            let isFree = withUnsafePointer(to: address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, length) == 0 }
            }
            if isFree { return port }
        }
        throw NotStarted(log: "no port is free")
    }
}

/// Runs `body` with a running server of its own.
func withRedis(
    password: String? = "correct horse", isolation: isolated (any Actor)? = #isolation,
    _ body: (RedisServer) async throws -> Void
) async throws {
    let server = try RedisServer(password: password)
    let result: Result<Void, any Error>
    do {
        try await server.start()
        result = .success(try await body(server))
    } catch {
        result = .failure(error)
    }
    await server.remove()
    try result.get()
}

/// Runs `body` with a client of a running server.
func withClient(
    _ change: (inout RedisSettings) -> Void = { _ in }, isolation: isolated (any Actor)? = #isolation,
    _ body: (RedisClient) async throws -> Void
) async throws {
    try await withRedis { server in
        let client = RedisClient(server.settings(change), logger: .silent)
        defer { client.close() }
        try await body(client)
    }
}

extension Logger {
    static let silent = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
}

extension RedisClient {
    /// Retries until the server replies: there is no notification of a reconnect.
    func untilAvailable() async throws {
        let limit = ContinuousClock.now.advanced(by: .seconds(15))
        while true {
            do { return try await ping() } catch  where ContinuousClock.now < limit {
                try await Task.sleep(for: .milliseconds(10))
            }
        }
    }

    /// Polls until so many clients are blocked on the server.
    func untilBlocked(_ count: Int) async throws {
        while try await send(["INFO", "clients"]).text?.contains("blocked_clients:\(count)\r") != true {
            try await Task.sleep(for: .milliseconds(5))
        }
    }

    func number(_ field: String, in section: RedisArgument) async throws -> Int? {
        try await send(["INFO", section]).text?.split(separator: "\r\n").first { $0.hasPrefix("\(field):") }
            .flatMap { Int($0.dropFirst(field.count + 1)) }
    }
}

func failure<Value>(
    isolation: isolated (any Actor)? = #isolation, of body: () async throws -> Value
) async -> (any Error)? {
    do {
        _ = try await body()
        return nil
    } catch {
        return error
    }
}

extension Optional where Wrapped == any Error {
    var isUnavailable: Bool { (self as? ServiceError) == .unavailable("Redis") }
}
