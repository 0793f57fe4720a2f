/// Why Kafka cannot be used as it is set up. Unavailable brokers are `ServiceError.unavailable` instead.
package struct KafkaError: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Code: String, Sendable { case configuration, missingTopics, refused, closed }

    package var code: Code
    package var message: String

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    package var description: String { message }
}
