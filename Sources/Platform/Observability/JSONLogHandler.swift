import Commerce
package import Logging
import ServiceKit

/// Writes each log event as one JSON object on one line.
///
/// Members: `timestamp`, `level`, `message`, `service` (the logger's label), the metadata under its dotted keys,
/// `error`, and `trace_id` and `span_id` when the event belongs to a call.
package struct JSONLogHandler: LogHandler {
    package var metadata: Logger.Metadata = [:]
    package var metadataProvider: Logger.MetadataProvider?
    package var logLevel: Logger.Level
    private let label: String
    private let ambientTraceID: String?
    private let write: @Sendable ([UInt8]) -> Void

    /// - Parameters:
    ///   - ambientTraceID: The trace of code that runs outside any call; it is left out of the log.
    ///   - write: Takes one finished line, newline included.
    package init(
        label: String, level: Logger.Level = .info, ambientTraceID: String? = nil,
        write: @escaping @Sendable ([UInt8]) -> Void
    ) {
        self.label = label
        self.logLevel = level
        self.ambientTraceID = ambientTraceID
        self.write = write
    }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
        var line = JSONLine()
        line.add("timestamp", Instant.now.rfc3339)
        line.add("level", event.level.rawValue)
        line.add("message", event.message.description)
        line.add("service", label)
        let trace = CallContext.current.trace
        if trace.traceID != ambientTraceID {
            line.add("trace_id", trace.traceID)
            line.add("span_id", trace.spanID)
        }
        if let error = event.error { line.add("error", String(describing: error)) }
        for (key, value) in allMetadata(of: event) where key != Self.requestIDKey {
            line.add(metadata: key, value)
        }
        write(line.finished())
    }

    /// Hummingbird's own request id. The trace id takes its place.
    private static let requestIDKey = "hb.request.id"
}

/// Sends the process's log to standard error as JSON lines. Call once, before the first logger is made.
package func bootstrapLogging(level: Logger.Level) {
    bootstrapLogging(level: level, to: .standardError)
}

/// Sends the process's log to the stream as JSON lines. Call once, before the first logger is made.
///
/// - Parameter further: A handler that gets every record too, made for a label and the trace of code outside any call.
package func bootstrapLogging(
    level: Logger.Level, to stream: LogStream,
    and further: @escaping @Sendable (_ label: String, _ ambientTraceID: String) -> (any LogHandler)? = { _, _ in nil }
) {
    let ambient = CallContext.current.trace.traceID
    LoggingSystem.bootstrap { label in
        let lines = JSONLogHandler(label: label, level: level, ambientTraceID: ambient) { stream.write($0) }
        guard let other = further(label, ambient) else { return lines }
        return MultiplexLogHandler([lines, other])
    }
}
