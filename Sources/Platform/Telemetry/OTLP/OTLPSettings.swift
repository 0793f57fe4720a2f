/// How telemetry leaves, with the names and defaults of OpenTelemetry.
/// https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/
package struct OTLPSettings: Sendable {
    package enum Transport: String, Hashable, Sendable, CaseIterable {
        case http = "http/protobuf"
        case grpc
    }

    /// Such as `http://localhost:4318`; by HTTP the paths of the signals are appended to it.
    package var endpoint: String
    package var transport: Transport
    /// Sent with every export, such as a token. Never logged.
    package var headers: [(name: String, value: String)]
    package var sampler: Sampler
    /// Whether log records are exported too; they are written to standard error in any case.
    package var logs: Bool
    package var schedule: ExportSchedule
    /// The most spans that wait.
    package var queueLimit: Int
    /// The most spans of one export.
    package var batch: Int

    package init(
        endpoint: String, transport: Transport = .http, headers: [(name: String, value: String)] = [],
        sampler: Sampler = Sampler(), logs: Bool = false, schedule: ExportSchedule = ExportSchedule(),
        queueLimit: Int = 2_048, batch: Int = 512
    ) {
        self.endpoint = endpoint
        self.transport = transport
        self.headers = headers
        self.sampler = sampler
        self.logs = logs
        self.schedule = schedule
        self.queueLimit = queueLimit
        self.batch = batch
    }
}
