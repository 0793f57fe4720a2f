package import Logging
import ServiceKit
import Tracing

/// Passes log records to an exporter; beside the handler that writes them, never instead of it. What the exporters
/// themselves log is left out.
package struct ExportingLogHandler: LogHandler {
    package var metadata: Logger.Metadata = [:]
    package var metadataProvider: Logger.MetadataProvider?
    package var logLevel: Logger.Level
    private let label: String
    private let ambientTraceID: String
    private let export: @Sendable (ExportedRecord) -> Void

    /// - Parameter ambientTraceID: The trace of code that runs outside any call; it is left out.
    package init(
        label: String, level: Logger.Level = .info, ambientTraceID: String,
        export: @escaping @Sendable (ExportedRecord) -> Void
    ) {
        self.label = label
        logLevel = level
        self.ambientTraceID = ambientTraceID
        self.export = export
    }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
        guard !RecordingTracer.isExporting else { return }
        var attributes: [(key: String, text: String)] = []
        for (key, value) in allMetadata(of: event).sorted(by: { $0.key < $1.key }) {
            Self.flatten(key, value, into: &attributes)
        }
        if let error = event.error { attributes.append(("error.type", "\(type(of: error))")) }
        let trace = CallContext.current.trace
        export(
            ExportedRecord(
                service: label, level: event.level, message: event.message.description, attributes: attributes,
                time: DefaultTracerClock.now.nanosecondsSinceEpoch,
                trace: trace.traceID == ambientTraceID ? nil : trace))
    }

    /// Dictionaries become dotted keys.
    private static func flatten(
        _ key: String, _ value: Logger.MetadataValue, into attributes: inout [(key: String, text: String)]
    ) {
        guard case .dictionary(let members) = value else { return attributes.append((key, value.description)) }
        for (name, member) in members.sorted(by: { $0.key < $1.key }) {
            flatten("\(key).\(name)", member, into: &attributes)
        }
    }
}
