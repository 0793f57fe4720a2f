package import Logging
import Observability
import Synchronization

/// Collects finished log lines.
package final class LogLines: Sendable {
    private let lines = Mutex<[String]>([])

    package init() {}

    package func append(_ line: [UInt8]) { lines.withLock { $0.append(String(decoding: line, as: UTF8.self)) } }
    package var all: [String] { lines.withLock { $0 } }

    package var logger: Logger {
        Logger(label: "test") { label in JSONLogHandler(label: label) { self.append($0) } }
    }
}
