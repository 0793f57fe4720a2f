package import CoreMetrics
import Foundation
package import Logging
import ServiceKit
package import ServiceLifecycle
import Tracing

/// What a process exports: its spans, and its log records where that is asked for.
package struct TelemetryPipeline: Sendable {
    private let settings: OTLPSettings
    /// Of what belongs to no service in particular.
    private let service: String
    private let spans: ExportQueue<FinishedSpan>
    private let records: ExportQueue<ExportedRecord>?
    private let transport: any OTLPTransport

    private struct BadEndpoint: Error {}

    /// Throws when the endpoint is no address.
    package init(_ settings: OTLPSettings, service: String) throws {
        self.settings = settings
        self.service = service
        spans = ExportQueue(limit: settings.queueLimit, batch: settings.batch)
        records = settings.logs ? ExportQueue(limit: settings.queueLimit, batch: settings.batch) : nil
        switch settings.transport {
        case .http: transport = HTTPTransport(endpoint: settings.endpoint, headers: settings.headers)
        case .grpc:
            guard let url = URL(string: settings.endpoint), let host = url.host() else { throw BadEndpoint() }
            transport = try GRPCTransport(
                host: host, port: url.port ?? 4317, usesTLS: url.scheme == "https", headers: settings.headers)
        }
    }

    /// Makes this process record spans. Call once, before anything that makes one.
    package func bootstrapTracing() {
        let spans = spans
        InstrumentationSystem.bootstrap(
            RecordingTracer(of: service, sampler: settings.sampler) { span in spans.add(span) })
        ActiveSpan.turnOn()
    }

    /// The log handler that stands beside the usual one; nil when log records are not exported.
    package func logHandler(_ label: String, level: Logger.Level, ambientTraceID: String) -> (any LogHandler)? {
        guard let records else { return nil }
        return ExportingLogHandler(label: label, level: level, ambientTraceID: ambientTraceID) { records.add($0) }
    }

    /// What exports, in dependency order: it stops after everything that makes spans.
    package func services(
        metrics: any MetricsFactory = MetricsSystem.factory, logger: Logger
    ) -> [any ServiceLifecycle.Service] {
        let transport = transport
        let traces = BatchExporter(
            spans, "spans", schedule: settings.schedule,
            metrics: ExporterMetrics.handles(service: service, limit: settings.queueLimit, in: metrics), logger: logger
        ) { await transport.send($0.request, as: TraceSignal.self, count: $0.count, timeout: $1) }
        guard let records else { return [transport, traces] }
        let logs = BatchExporter(records, "log records", schedule: settings.schedule, logger: logger) {
            await transport.send($0.request, as: LogSignal.self, count: $0.count, timeout: $1)
        }
        return [transport, Together(services: [traces, logs])]
    }

    /// Services that stop at the same time, each within its own bound.
    private struct Together: ServiceLifecycle.Service {
        let services: [any ServiceLifecycle.Service]

        func run() async throws {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for service in services { group.addTask { try await service.run() } }
                try await group.waitForAll()
            }
        }
    }
}
