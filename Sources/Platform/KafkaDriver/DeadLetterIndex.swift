import Commerce
import EventLog

/// The dead entries that are left after reading their topic so far. Pure.
struct DeadLetterIndex {
    struct Entry: Hashable {
        var id: Int64
        var group: String
        var reason: String
        var failedAt: Instant
        var event: Event
        /// An operator asks the group to handle the event once more.
        var isToRetry = false
    }

    private var entries: [String: Entry] = [:]
    /// The offset of the record to come.
    var next: Int64 = 0

    static func key(group: String, event: EventID) -> String { "\(group)/\(event)" }

    var sorted: [Entry] { entries.values.sorted { $0.id < $1.id } }

    subscript(key: String) -> Entry? { entries[key] }

    /// - Returns: False for a record that is no dead letter.
    @discardableResult
    mutating func apply(_ record: KafkaRecord) -> Bool {
        next = record.offset + 1
        guard record.value != nil else {
            entries[record.key] = nil
            return true
        }
        guard var entry = Entry(record) else { return false }
        // The number stays when the dead letter is written again.
        entry.id = entries[record.key]?.id ?? entry.id
        entries[record.key] = entry
        return true
    }
}

extension DeadLetterIndex.Entry {
    private enum Header {
        static let number = "magpie_letter"
        static let group = "magpie_group"
        static let reason = "magpie_reason"
        static let failedAt = "magpie_failed_at"
        static let topic = "magpie_topic"
        static let key = "magpie_key"
        static let retry = "magpie_retry"
    }

    init?(_ record: KafkaRecord) {
        guard let group = record.headers[Header.group], let reason = record.headers[Header.reason],
            let failedAt = record.headers[Header.failedAt].flatMap(Instant.init(rfc3339:)),
            let topic = record.headers[Header.topic].map(Topic.init(_:)),
            let key = record.headers[Header.key], let event = Event(record, topic: topic, key: key)
        else { return nil }
        id = record.headers[Header.number].flatMap { Int64($0) } ?? record.offset
        self.group = group
        self.reason = reason
        self.failedAt = failedAt
        self.event = event
        isToRetry = record.headers[Header.retry] == "true"
    }

    /// The record of this dead letter. An id below zero is left out: the record's offset is the id then.
    func record(topic: String) -> KafkaRecord {
        var headers = event.kafkaHeaders
        headers[Header.group] = group
        headers[Header.reason] = reason
        headers[Header.failedAt] = failedAt.rfc3339
        headers[Header.topic] = event.topic.rawValue
        headers[Header.key] = event.key
        if isToRetry { headers[Header.retry] = "true" }
        if id >= 0 { headers[Header.number] = "\(id)" }
        return KafkaRecord(
            topic: topic, key: DeadLetterIndex.key(group: group, event: event.id), value: event.data, headers: headers)
    }

    var deadLetter: DeadLetter {
        DeadLetter(id: id, group: group, reason: reason, failedAt: failedAt, event: event)
    }
}
