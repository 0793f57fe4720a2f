import Logging
import ServiceKit
import SwiftProtobuf

extension [ExportedRecord] {
    /// The records as one request, grouped by the services that made them.
    package var request: LogSignal.Request {
        let services = Dictionary(grouping: self, by: \.service).sorted { $0.key < $1.key }
        return .with { request in
            request.resourceLogs = services.map { service, records in
                .with {
                    $0.resource = OTLPResource.resource(service)
                    $0.schemaURL = OTLPResource.schema
                    $0.scopeLogs = [
                        .with {
                            $0.scope = OTLPResource.scope
                            $0.logRecords = records.map(\.record)
                        }
                    ]
                }
            }
        }
    }
}

extension ExportedRecord {
    fileprivate var record: Opentelemetry_Proto_Logs_V1_LogRecord {
        .with {
            $0.timeUnixNano = time
            $0.observedTimeUnixNano = time
            $0.severityNumber = level.severity
            $0.severityText = level.rawValue
            $0.body.stringValue = message
            $0.attributes = attributes.map { OTLPResource.pair($0.key, $0.text) }
            guard let trace else { return }
            $0.traceID = bytes(ofHex: trace.traceID)
            $0.spanID = bytes(ofHex: trace.spanID)
            $0.flags = trace.sampled ? 1 : 0
        }
    }
}

extension Logger.Level {
    /// https://opentelemetry.io/docs/specs/otel/logs/data-model/#field-severitynumber
    fileprivate var severity: Opentelemetry_Proto_Logs_V1_SeverityNumber {
        switch self {
        case .trace: .trace
        case .debug: .debug
        case .info: .info
        case .notice: .info2
        case .warning: .warn
        case .error: .error
        case .critical: .fatal
        }
    }
}
