import AnalyticsContract
import Commerce
import HTTPTypes
import Hummingbird
import Logging
import ServiceKit
import Web

/// Tells analytics about visits. A page never waits long for it and never fails by it.
struct Visits: Sendable {
    private static let patience = Duration.milliseconds(250)
    let ingest: any BehaviourIngest
    let logger: Logger

    /// A page was seen, and whatever else happened with it.
    func viewed(
        _ visit: Visit, and kind: BehaviourEvent.Kind? = nil, _ properties: [String: String] = [:]
    ) async {
        guard visit.request.method == .get else { return }
        // Paths with ids in them stay out: they would name orders.
        let path = visit.context.route.contains("{") ? String(visit.context.route.prefix(200)) : visit.request.uri.path
        var events = [event(.pageViewed, visit, ["path": String(path.prefix(200))])]
        if let kind { events.append(event(kind, visit, properties)) }
        await record(events)
    }

    func happened(_ kind: BehaviourEvent.Kind, _ visit: Visit, _ properties: [String: String]) async {
        await record([event(kind, visit, properties)])
    }

    private func event(_ kind: BehaviourEvent.Kind, _ visit: Visit, _ properties: [String: String]) -> BehaviourEvent {
        BehaviourEvent(
            type: kind.rawValue, occurredAt: .now, sessionID: visit.session.visitor, properties: properties)
    }

    private func record(_ events: [BehaviourEvent]) async {
        let ingest = ingest
        do {
            try await withDeadline(.now + Self.patience) { try await ingest.record(events) }
        } catch {
            logger.debug("Behaviour event was lost", metadata: ["error.code": "\(Problems.code(error))"])
        }
    }
}
