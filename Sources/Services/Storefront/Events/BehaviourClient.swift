import AnalyticsContract
import Commerce
import Logging
import ServiceKit

/// Sends behaviour events to analytics. A page never waits long for it and never fails because of it.
struct BehaviourClient: Sendable {
    private static let timeout = Duration.milliseconds(250)
    let ingest: any BehaviourIngest
    let logger: Logger

    /// - Parameter visitor: The opaque name of the session.
    func record(_ events: [(BehaviourEvent.Kind, [String: String])], visitor: String) async {
        let ingest = ingest
        let events = events.map { kind, properties in
            BehaviourEvent(type: kind.rawValue, occurredAt: .now, sessionID: visitor, properties: properties)
        }
        do {
            try await withDeadline(.now + Self.timeout) { try await ingest.record(events) }
        } catch {
            logger.debug(
                "Behaviour event was lost", metadata: ["error.code": "\(ServiceError.code(of: error))"])
        }
    }
}
