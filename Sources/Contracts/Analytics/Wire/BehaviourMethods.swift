import AnalyticsContract
import RPC

/// `BehaviourIngest` over HTTP.
enum BehaviourMethods {
    struct Events: Codable, Sendable { var events: [BehaviourEvent] }

    static let record = WireMethod<Events, Nothing>(
        "behaviour", "record", repeatable: .never, longestInput: 1_048_576)
}
