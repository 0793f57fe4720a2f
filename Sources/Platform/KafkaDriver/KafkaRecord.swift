/// One record of a topic. Topics are named as the brokers know them.
struct KafkaRecord: Hashable, Sendable {
    var topic: String
    var key: String
    /// nil is a tombstone: the record of the key is deleted.
    var value: String?
    var headers: [String: String]
    /// Its position; without meaning before it is sent.
    var partition: Int32 = 0
    var offset: Int64 = 0
}
