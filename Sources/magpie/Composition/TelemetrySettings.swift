import ArgumentParser
import Commerce
import Configuration
import Foundation
import Logging
import Observability
import ServiceLifecycle
import Telemetry

/// Where traces, and log records, are exported to; nowhere without an endpoint.
struct TelemetrySettings: Sendable {
    var otlp: OTLPSettings?

    /// ## Configuration keys
    /// Those of OpenTelemetry, with its defaults where none is named:
    /// - `OTEL_EXPORTER_OTLP_ENDPOINT`: such as `http://localhost:4318`; without it nothing is recorded.
    /// - `OTEL_SDK_DISABLED`: `true` exports nothing, whatever else is set.
    /// - `OTEL_EXPORTER_OTLP_PROTOCOL`: `http/protobuf` or `grpc` (`http/protobuf`).
    /// - `OTEL_EXPORTER_OTLP_HEADERS` (secret): `name=value`, several with commas.
    /// - `OTEL_EXPORTER_OTLP_TIMEOUT`: milliseconds for one export (10000).
    /// - `OTEL_TRACES_SAMPLER` (`parentbased_always_on`), `OTEL_TRACES_SAMPLER_ARG`: a share from 0 to 1.
    /// - `OTEL_LOGS_EXPORTER`: `otlp` or `none` (`none`).
    /// - `OTEL_BSP_SCHEDULE_DELAY` (5000 milliseconds), `OTEL_BSP_MAX_QUEUE_SIZE` (2048),
    ///   `OTEL_BSP_MAX_EXPORT_BATCH_SIZE` (512).
    ///
    /// Throws `ValidationError` naming the variable that is wrong.
    init(config: ConfigReader) throws {
        guard config.string(forKey: "sdk.disabled")?.lowercased() != "true" else { return }
        guard let endpoint = config.string(forKey: "exporter.otlp.endpoint") else { return }
        guard let url = URL(string: endpoint), ["http", "https"].contains(url.scheme), url.host() != nil else {
            throw ValidationError("OTEL_EXPORTER_OTLP_ENDPOINT must be an http or https address")
        }
        guard url.user() == nil else {
            throw ValidationError("OTEL_EXPORTER_OTLP_ENDPOINT must hold no password: set OTEL_EXPORTER_OTLP_HEADERS")
        }
        var otlp = OTLPSettings(endpoint: endpoint)
        let transport = config.string(forKey: "exporter.otlp.protocol", default: OTLPSettings.Transport.http.rawValue)
        guard let known = OTLPSettings.Transport(rawValue: transport) else {
            let all = OTLPSettings.Transport.allCases.map(\.rawValue).joined(separator: " or ")
            throw ValidationError("OTEL_EXPORTER_OTLP_PROTOCOL must be \(all), not '\(transport)'")
        }
        otlp.transport = known
        otlp.headers = try Self.headers(config.secret("exporter.otlp.headers", "OTEL_EXPORTER_OTLP_HEADERS") ?? "")
        otlp.sampler = try Self.sampler(config)
        let logs = config.string(forKey: "logs.exporter", default: "none")
        guard ["otlp", "none"].contains(logs) else {
            throw ValidationError("OTEL_LOGS_EXPORTER must be otlp or none, not '\(logs)'")
        }
        otlp.logs = logs == "otlp"
        otlp.schedule = ExportSchedule(
            delay: .milliseconds(
                try config.number("bsp.schedule.delay", "OTEL_BSP_SCHEDULE_DELAY", in: 1...600_000, default: 5_000)),
            timeout: .milliseconds(
                try config.number(
                    "exporter.otlp.timeout", "OTEL_EXPORTER_OTLP_TIMEOUT", in: 1...600_000, default: 10_000)))
        otlp.queueLimit = try config.number(
            "bsp.max.queue.size", "OTEL_BSP_MAX_QUEUE_SIZE", in: 1...1_000_000, default: 2_048)
        otlp.batch = try config.number(
            "bsp.max.export.batch.size", "OTEL_BSP_MAX_EXPORT_BATCH_SIZE", in: 1...100_000,
            default: min(512, otlp.queueLimit))
        guard otlp.batch <= otlp.queueLimit else {
            throw ValidationError("OTEL_BSP_MAX_EXPORT_BATCH_SIZE must not exceed OTEL_BSP_MAX_QUEUE_SIZE")
        }
        self.otlp = otlp
    }

    /// The name of a header: https://www.rfc-editor.org/rfc/rfc9110#name-tokens
    private static func isToken(_ text: String) -> Bool {
        !text.isEmpty
            && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "!#$%&'*+-.^_`|~".contains($0)) }
    }

    /// Values may be percent-encoded: https://opentelemetry.io/docs/specs/otel/protocol/exporter/
    private static func headers(_ text: String) throws -> [(name: String, value: String)] {
        try text.split(separator: ",").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, let name = parts.first?.trimmed, Self.isToken(name),
                let value = parts[1].trimmed.removingPercentEncoding
            else { throw ValidationError("OTEL_EXPORTER_OTLP_HEADERS must be name=value, several with commas") }
            return (name, value)
        }
    }

    private static func sampler(_ config: ConfigReader) throws -> Sampler {
        let name = config.string(forKey: "traces.sampler", default: "parentbased_always_on")
        let share = try config.string(forKey: "traces.sampler.arg").map { text in
            guard let share = Double(text), (0...1).contains(share) else {
                throw ValidationError("OTEL_TRACES_SAMPLER_ARG must be a number from 0 to 1, not '\(text)'")
            }
            return share
        }
        guard let sampler = Sampler(named: name, share: share) else {
            throw ValidationError(
                "OTEL_TRACES_SAMPLER must be always_on, always_off, traceidratio or one of these after parentbased_, "
                    + "not '\(name)'")
        }
        return sampler
    }

    /// What `doctor` says; without the headers.
    var summary: String {
        guard let otlp else { return "exported nowhere (OTEL_EXPORTER_OTLP_ENDPOINT)" }
        return "\(otlp.endpoint), \(otlp.transport.rawValue)\(otlp.logs ? ", with log records" : "")"
    }

    /// Makes the process log, and record what it exports. Call before the first logger is made.
    ///
    /// - Parameter service: Of what belongs to no service in particular.
    /// - Returns: What exports, to be run before everything else; nil when nothing is.
    func bootstrap(_ service: String, level: Logger.Level) throws -> TelemetryPipeline? {
        guard let otlp else {
            bootstrapLogging(level: level)
            return nil
        }
        let pipeline = try TelemetryPipeline(otlp, service: service)
        bootstrapLogging(level: level, to: .standardError) { label, ambient in
            pipeline.logHandler(label, level: level, ambientTraceID: ambient)
        }
        pipeline.bootstrapTracing()
        return pipeline
    }
}

extension ConfigReader {
    static let openTelemetry = ConfigReader(openTelemetry: ProcessInfo.processInfo.environment)

    /// The `OTEL_…` variables; one that is set to nothing counts as unset.
    init(openTelemetry environment: [String: String]) {
        let variables = environment.filter { !$0.value.isEmpty }
        self = ConfigReader(provider: EnvironmentVariablesProvider(environmentVariables: variables)).scoped(to: "otel")
    }
}
