import ArgumentParser
import Configuration
import Telemetry
import Testing

@testable import magpie

@Suite struct TelemetrySettingsTests {
    private func settings(_ environment: [String: String]) throws -> TelemetrySettings {
        try TelemetrySettings(config: ConfigReader(openTelemetry: environment))
    }

    @Test func nothingIsExportedWithoutAnEndpoint() throws {
        #expect(try settings([:]).otlp == nil)
        #expect(try settings(["OTEL_EXPORTER_OTLP_ENDPOINT": "", "OTEL_LOGS_EXPORTER": "otlp"]).otlp == nil)
        let endpoint = ["OTEL_EXPORTER_OTLP_ENDPOINT": "http://collector:4318"]
        #expect(try settings(endpoint.merging(["OTEL_SDK_DISABLED": "true"]) { $1 }).otlp == nil)
        #expect(try settings(endpoint.merging(["OTEL_SDK_DISABLED": "false"]) { $1 }).otlp != nil)
    }

    @Test func theStandardDefaults() throws {
        let otlp = try #require(try settings(["OTEL_EXPORTER_OTLP_ENDPOINT": "http://collector:4318"]).otlp)
        #expect(otlp.transport == .http && !otlp.logs && otlp.headers.isEmpty)
        #expect(otlp.queueLimit == 2_048 && otlp.batch == 512)
        #expect(otlp.schedule.delay == .seconds(5) && otlp.schedule.timeout == .seconds(10))
        #expect(otlp.sampler.followsParent && otlp.sampler.roots == .all)
    }

    @Test func everythingCanBeSet() throws {
        let otlp = try #require(
            try settings([
                "OTEL_EXPORTER_OTLP_ENDPOINT": "https://collector:4317", "OTEL_EXPORTER_OTLP_PROTOCOL": "grpc",
                "OTEL_EXPORTER_OTLP_HEADERS": "authorization=Basic%20abc=, tenant=shop",
                "OTEL_EXPORTER_OTLP_TIMEOUT": "2500", "OTEL_TRACES_SAMPLER": "parentbased_traceidratio",
                "OTEL_TRACES_SAMPLER_ARG": "0.25", "OTEL_LOGS_EXPORTER": "otlp", "OTEL_BSP_SCHEDULE_DELAY": "100",
                "OTEL_BSP_MAX_QUEUE_SIZE": "300",
            ]).otlp)
        #expect(otlp.transport == .grpc && otlp.logs)
        #expect(otlp.headers.map(\.name) == ["authorization", "tenant"])
        #expect(otlp.headers.map(\.value) == ["Basic abc=", "shop"])
        #expect(otlp.schedule.timeout == .milliseconds(2_500) && otlp.schedule.delay == .milliseconds(100))
        #expect(otlp.sampler.roots == .share(0.25) && otlp.sampler.followsParent)
        #expect(otlp.queueLimit == 300 && otlp.batch == 300)
    }

    @Test(arguments: [
        "OTEL_EXPORTER_OTLP_PROTOCOL": "http/json", "OTEL_EXPORTER_OTLP_HEADERS": "token",
        "OTEL_EXPORTER_OTLP_TIMEOUT": "10s", "OTEL_TRACES_SAMPLER": "sometimes", "OTEL_TRACES_SAMPLER_ARG": "2",
        "OTEL_LOGS_EXPORTER": "console", "OTEL_BSP_MAX_QUEUE_SIZE": "0", "OTEL_BSP_MAX_EXPORT_BATCH_SIZE": "4096",
    ])
    func wrongValuesAreNamed(variable: String, value: String) {
        let error = #expect(throws: ValidationError.self) {
            try settings(["OTEL_EXPORTER_OTLP_ENDPOINT": "http://localhost:4318", variable: value])
        }
        #expect(error.map { "\($0)".contains(variable) } == true, "\(String(describing: error))")
    }

    @Test(arguments: ["bad name=1", "=1", "na:me=1"]) func aNameThatIsNoHeaderIsRefused(headers: String) {
        #expect(throws: ValidationError.self) {
            try settings([
                "OTEL_EXPORTER_OTLP_ENDPOINT": "http://collector:4318", "OTEL_EXPORTER_OTLP_HEADERS": headers,
            ])
        }
    }

    @Test(arguments: ["localhost:4318", "ftp://collector", "http://user:secret@collector:4318"])
    func wrongEndpointsAreNamedAndNotRepeated(endpoint: String) {
        let error = #expect(throws: ValidationError.self) {
            try settings(["OTEL_EXPORTER_OTLP_ENDPOINT": endpoint])
        }
        let text = error.map { "\($0)" } ?? ""
        #expect(text.contains("OTEL_EXPORTER_OTLP_ENDPOINT") && !text.contains("secret"))
    }

    @Test func headersStaySecret() throws {
        let settings = try settings([
            "OTEL_EXPORTER_OTLP_ENDPOINT": "http://localhost:4318", "OTEL_EXPORTER_OTLP_HEADERS": "token=hidden",
        ])
        #expect(settings.summary == "http://localhost:4318, http/protobuf")
    }
}
