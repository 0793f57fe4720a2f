/// What everybody has to know about a topic of the shop: the one place that Kafka's topics, and the docs, come from.
package struct TopicDeclaration: Hashable, Sendable {
    package var name: String
    /// How many members of a group can share the work. Never changed later: keys would move to other partitions.
    package var partitions: Int
    /// How long records are kept; nil is for ever.
    package var retention: Duration?
    /// Whether only the last record of each key is kept.
    package var isCompacted: Bool
    /// What the key of a record is, in words.
    package var key: String
    /// Services by name, in alphabetical order; these and no others write.
    package var producers: [String]
    /// Services by name, in alphabetical order; each is a consumer group.
    package var consumers: [String]

    package init(
        name: String, partitions: Int, retention: Duration? = nil, isCompacted: Bool = false, key: String,
        producers: [String], consumers: [String]
    ) {
        self.name = name
        self.partitions = partitions
        self.retention = retention
        self.isCompacted = isCompacted
        self.key = key
        self.producers = producers
        self.consumers = consumers
    }

    /// What could not be handled. One partition, so that its offsets number the letters.
    package static let deadLetters = TopicDeclaration(
        name: "magpie.dead-letters", partitions: 1, isCompacted: true, key: "consumer group/event id",
        producers: (consumerGroups + ["magpie events"]).sorted(), consumers: consumerGroups)

    /// What operators want running consumers to do.
    package static let control = TopicDeclaration(
        name: "magpie.control", partitions: 1, retention: .seconds(86_400), key: "consumer group/topic",
        producers: ["magpie events"], consumers: consumerGroups)

    /// Every topic of the shop. The last two are Kafka's only: the embedded log has tables for what they do.
    package static let all = Topic.allCases.map(\.declaration) + [deadLetters, control]

    private static let consumerGroups = Set(Topic.allCases.flatMap(\.declaration.consumers)).sorted()
}
