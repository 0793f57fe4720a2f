import EventLog

/// An operator's request to set a group back to the beginning of a topic.
struct ControlRecord: Hashable, Sendable {
    var group: String
    var topic: Topic
    /// The event log that sent it, and that has rewound its own members already.
    var sender: String

    private static let senderHeader = "magpie_sender"
    private static let actionHeader = "magpie_action"

    init(group: String, topic: Topic, sender: String) {
        self.group = group
        self.topic = topic
        self.sender = sender
    }

    /// nil when the record is no such request.
    init?(_ record: KafkaRecord) {
        let parts = record.key.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, record.headers[Self.actionHeader] == "rewind",
            let sender = record.headers[Self.senderHeader]
        else { return nil }
        self.init(group: parts[0], topic: Topic(parts[1]), sender: sender)
    }

    func record(topic name: String) -> KafkaRecord {
        KafkaRecord(
            topic: name, key: "\(group)/\(topic.rawValue)", value: "",
            headers: [Self.actionHeader: "rewind", Self.senderHeader: sender])
    }
}
