/// One record of a topic. Topics are named as the brokers know them.
struct KafkaRecord: Hashable, Sendable {
    var topic: String
    var key: String
    /// Nil is a tombstone: whatever the key stood for is gone.
    var value: String?
    var headers: [String: String]
    /// Where it lies; of no meaning before it is sent.
    var partition: Int32 = 0
    var offset: Int64 = 0
}
