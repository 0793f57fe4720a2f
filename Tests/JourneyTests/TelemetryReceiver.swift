import Foundation

/// The independent OTLP receiver that lies beside the checkout, and its checker of traces.
final class TelemetryReceiver: Sendable {
    private static let tools = Peer.root.deletingLastPathComponent().appending(path: "shared/kit/telemetry")
    static let mayRun =
        ProcessInfo.processInfo.environment["CI"] != nil
        || (Peer.mayRun && FileManager.default.fileExists(atPath: tools.path))
    static let hint = "needs ../shared/kit/telemetry beside the checkout, and scripts/setup test"

    private static let python = Peer.root.appending(path: ".tools/venv/bin/python")
    private let httpPort: Int
    private let grpcPort: Int
    private let output: URL
    private let process: Process

    /// Receives while `body` runs.
    static func withRunning(_ body: (TelemetryReceiver) async throws -> Void) async throws {
        try await withFolder { folder in
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            let receiver = try TelemetryReceiver(output: folder.appending(path: "telemetry.jsonl"))
            defer {
                kill(receiver.process.processIdentifier, SIGKILL)
                receiver.process.waitUntilExit()
            }
            try await wait(for: "the receiver answers", within: .seconds(30), otherwise: { "" }) {
                (try? await receiver.refuse(0)) != nil
            }
            try await body(receiver)
        }
    }

    private init(output: URL) throws {
        self.output = output
        (httpPort, grpcPort) = (try FreePort.next(), try FreePort.next())
        process = Process()
        process.executableURL = Self.python
        process.arguments = [
            Self.tools.appending(path: "otlp_receiver.py").path, "\(httpPort)", "\(grpcPort)", output.path,
        ]
        try process.runWithSignals()
    }

    /// Runs a collector that passes everything on to the receiver while `body` runs.
    func withCollector(_ body: (Collector) async throws -> Void) async throws {
        let collector = Collector(httpPort: try FreePort.next(), grpcPort: try FreePort.next())
        let found = try runProgram(
            Self.python, ["-c", "import pathlib, rotel; print(pathlib.Path(rotel.__file__).parent / 'rotel-agent')"])
        let process = Process()
        process.executableURL = URL(filePath: found.output.trimmingCharacters(in: .whitespacesAndNewlines))
        process.arguments = [
            "start", "--otlp-grpc-endpoint", "127.0.0.1:\(collector.grpcPort)", "--otlp-http-endpoint",
            "127.0.0.1:\(collector.httpPort)", "--exporter", "otlp", "--otlp-exporter-endpoint",
            "http://127.0.0.1:\(grpcPort)", "--batch-timeout", "200ms",
        ]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.runWithSignals()
        defer {
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
        }
        try await wait(for: "the collector answers", within: .seconds(30), otherwise: { "" }) {
            (try? await Client.shared.get("http://127.0.0.1:\(collector.httpPort)/")) != nil
        }
        try await body(collector)
    }

    /// Where a collector receives.
    struct Collector {
        let httpPort: Int
        let grpcPort: Int

        func settings(grpc: Bool) -> [String: String] {
            TelemetryReceiver.settings(port: grpc ? grpcPort : httpPort, grpc: grpc)
        }
    }

    /// What a shop that exports to it is started with.
    func settings(grpc: Bool = false) -> [String: String] {
        Self.settings(port: grpc ? grpcPort : httpPort, grpc: grpc)
    }

    private static func settings(port: Int, grpc: Bool) -> [String: String] {
        [
            "OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:\(port)",
            "OTEL_EXPORTER_OTLP_PROTOCOL": grpc ? "grpc" : "http/protobuf", "OTEL_LOGS_EXPORTER": "otlp",
            "OTEL_BSP_SCHEDULE_DELAY": "200", "OTEL_BSP_MAX_QUEUE_SIZE": "100000", "MAGPIE_LOG_LEVEL": "info",
        ]
    }

    /// Has the next exports answered by 503 and `Retry-After`.
    func refuse(_ count: Int) async throws {
        let answer = try await Client.shared.send("POST", "http://127.0.0.1:\(httpPort)/fail?n=\(count)", body: "")
        guard answer.status == 200 else { throw ShopFailure("the receiver answered \(answer.status)") }
    }

    /// What it has received so far.
    private var records: [JSON] { Peer.Lines(file: output).all }

    func spans(of trace: String) -> [JSON] {
        records.filter { $0["signal"].string == "span" && $0["trace"].string == trace }
    }

    func logRecords(of trace: String) -> [JSON] {
        records.filter { $0["signal"].string == "log" && $0["trace"].string == trace }
    }

    /// The services that made spans.
    var services: Set<String> { Self.services(records.filter { $0["signal"].string == "span" }) }

    static func services(_ records: [JSON]) -> Set<String> {
        Set(records.compactMap { $0["resource"]["service.name"].string })
    }

    /// Judges all that was received: whole traces, no personal data, and one trace over these services.
    func check(expecting services: Set<String>, secrets: [String]) throws -> (status: Int32, output: String) {
        try runProgram(
            Self.python,
            [
                Self.tools.appending(path: "trace_check.py").path, output.path, "--expect",
                services.sorted().joined(separator: ","),
            ] + secrets.flatMap { ["--secret", $0] })
    }
}
