package import Logging
import ServiceKit

/// Runs a service's operation; only `ServiceError` and cancellation leave it. The cause of anything else is logged here
/// and goes no further.
///
/// - Parameter name: What callers are told is unavailable when the database is: `The audit log`.
package func atServiceEdge<Value>(
    of name: String, _ logger: Logger, _ body: () async throws -> Value
) async throws -> Value {
    do {
        return try await body()
    } catch let error as ServiceError {
        throw error
    } catch let error as CancellationError {
        throw error
    } catch let error as SQLError where error.isOutage {
        logger.warning("The database is away", metadata: ["error": "\(error)"])
        throw ServiceError.unavailable(name)
    } catch {
        logger.error("An operation failed unexpectedly", metadata: ["error": "\(error)"])
        throw ServiceError.unexpected
    }
}
