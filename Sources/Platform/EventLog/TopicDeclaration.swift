/// How the log keeps a topic: the one place that Kafka's topics, and the docs, come from.
package struct TopicDeclaration: Hashable, Sendable {
    package var topic: Topic
    /// How many members of a group can share the work. Never changed later: keys would move to other partitions.
    package var partitions: Int
    /// How long records are kept; nil is for ever.
    package var retention: Duration?
    /// Whether only the last record of each key is kept.
    package var isCompacted: Bool
    /// What the key of a record is, in words.
    package var key: String

    package init(
        _ topic: Topic, partitions: Int, retention: Duration? = nil, isCompacted: Bool = false, key: String
    ) {
        self.topic = topic
        self.partitions = partitions
        self.retention = retention
        self.isCompacted = isCompacted
        self.key = key
    }

    package var name: String { topic.rawValue }

    /// What could not be handled. One partition, so that its offsets number the dead letters. Kafka's only: the embedded
    /// log has a table for it.
    package static let deadLetters = TopicDeclaration(
        Topic("magpie.dead-letters"), partitions: 1, isCompacted: true, key: "consumer group/event id")

    /// What operators want running consumers to do. Kafka's only.
    package static let control = TopicDeclaration(
        Topic("magpie.control"), partitions: 1, retention: .seconds(86_400), key: "consumer group/topic")
}
