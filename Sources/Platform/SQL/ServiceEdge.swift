package import Logging
import ServiceKit

/// ``ErrorBoundary`` for callers that have not moved to it yet.
package func atServiceEdge<Value>(
    of name: String, _ logger: Logger, _ body: () async throws -> Value
) async throws -> Value {
    try await ErrorBoundary(of: name, logger: logger).run(body)
}
