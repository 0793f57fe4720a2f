import AnalyticsContract
import Commerce
import Logging
import ServiceKit

/// Puts checked behaviour events on the event log.
struct RecordBehaviour: Sendable {
    let publisher: BehaviourPublisher
    let logger: Logger

    /// - Parameter key: Of the request.
    func run(_ events: [BehaviourEvent], at now: Instant, key: IdempotencyKey?) async throws {
        do {
            try await publisher.publish(events, at: now, key: key)
        } catch let error as CancellationError {
            throw error
        } catch {
            logger.error("Behaviour events could not be stored", metadata: ["error": "\(error)"])
            throw ServiceError.unavailable("The recording of visits")
        }
    }
}
