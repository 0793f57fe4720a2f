import AnalyticsContract
import HTTPTypes
import Hummingbird
import Web

extension BehaviourClient {
    /// A page was seen, and whatever else happened with it.
    func viewed(
        _ request: ShopRequest, and kind: BehaviourEvent.Kind? = nil, _ properties: [String: String] = [:]
    ) async {
        guard request.http.method == .get else { return }
        // Paths with ids in them are replaced by their route: they would name orders.
        let route = request.context.route
        let path = route.contains("{") ? route : request.http.uri.path
        var events: [(BehaviourEvent.Kind, [String: String])] = [(.pageViewed, ["path": String(path.prefix(200))])]
        if let kind { events.append((kind, properties)) }
        await record(events, visitor: request.session.visitor)
    }

    func happened(_ kind: BehaviourEvent.Kind, _ request: ShopRequest, _ properties: [String: String]) async {
        await record([(kind, properties)], visitor: request.session.visitor)
    }
}
