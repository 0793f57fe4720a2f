package import Logging
package import ServiceKit

/// A log record on its way to a receiver.
package struct ExportedRecord: Sendable {
    /// The logger's label.
    package var service: String
    package var level: Logger.Level
    package var message: String
    /// Dotted keys and the texts of their values.
    package var attributes: [(key: String, text: String)]
    /// Nanoseconds since 1970.
    package var time: UInt64
    /// Nil outside any call.
    package var trace: TraceContext?
}
