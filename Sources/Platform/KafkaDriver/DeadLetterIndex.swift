import Commerce
import EventLog

/// The dead letters that are left after reading their topic so far. Pure.
struct LetterBox {
    struct Letter: Hashable {
        var id: Int64
        var group: String
        var reason: String
        var failedAt: Instant
        var event: Event
        /// Somebody wants the group to handle it once more.
        var isToRetry = false
    }

    private var letters: [String: Letter] = [:]
    /// The offset of the record to come.
    var next: Int64 = 0

    static func key(group: String, event: EventID) -> String { "\(group)/\(event)" }

    var sorted: [Letter] { letters.values.sorted { $0.id < $1.id } }

    subscript(key: String) -> Letter? { letters[key] }

    /// - Returns: False for a record that is no letter.
    @discardableResult
    mutating func apply(_ record: KafkaRecord) -> Bool {
        next = record.offset + 1
        guard record.value != nil else {
            letters[record.key] = nil
            return true
        }
        guard var letter = Letter(record) else { return false }
        // The number stays when the letter is written again.
        letter.id = letters[record.key]?.id ?? letter.id
        letters[record.key] = letter
        return true
    }
}

extension LetterBox.Letter {
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

    /// The record that says this; an id below zero is left to the offset the record gets.
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
            topic: topic, key: LetterBox.key(group: group, event: event.id), value: event.data, headers: headers)
    }

    var deadLetter: DeadLetter {
        DeadLetter(id: id, group: group, reason: reason, failedAt: failedAt, event: event)
    }
}
