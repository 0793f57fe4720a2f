package import EventLog

extension Topic {
    package static let accounts = Topic("magpie.accounts")
    package static let catalogue = Topic("magpie.catalogue")
    package static let orders = Topic("magpie.orders")
    package static let behaviour = Topic("magpie.behaviour")
    package static let staff = Topic("magpie.staff")

    /// Every topic that carries events.
    package static let allCases = TopicDeclaration.events.map(\.topic)

    /// How long the log keeps its events; nil is for ever: they are the shop's history.
    package var retention: Duration? { TopicDeclaration.events.first { $0.topic == self }?.retention }

    /// Nil unless a topic that carries events has this name.
    package init?(rawValue: String) {
        guard let topic = Topic.allCases.first(where: { $0.rawValue == rawValue }) else { return nil }
        self = topic
    }
}

extension TopicDeclaration {
    /// The topics that carry events.
    package static let events = [
        TopicDeclaration(
            .accounts, partitions: 6, key: "customer id, or a digest of the address a failed login named"),
        TopicDeclaration(.catalogue, partitions: 6, key: "product id"),
        TopicDeclaration(.orders, partitions: 12, key: "order id"),
        TopicDeclaration(.behaviour, partitions: 12, retention: .seconds(30 * 86_400), key: "session id"),
        TopicDeclaration(.staff, partitions: 3, key: "staff member or operator"),
    ]

    /// Every topic there is.
    package static let all = events + [deadLetters, control]
}
