/// What an event says. Its values, topic and JSON are declared beside the events, in `EventContract`.
package protocol EventPayload: Sendable {
    /// The full name of the message in `Protos/magpie/events`: `magpie.events.v1.OrderPlaced`.
    static var eventType: String { get }
    static var topic: Topic { get }
    /// Events with one key stay in order.
    var key: String { get }
    /// Reads the message's proto3 JSON; fields that this version does not know are passed over.
    init(json: String) throws
    /// The message's proto3 JSON.
    func json() throws -> String
}
