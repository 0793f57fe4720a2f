/// Where the brokers are, and how the clients behave.
package struct KafkaSettings: Sendable {
    /// Kafka's own names: https://kafka.apache.org/documentation/#brokerconfigs_security.inter.broker.protocol
    package enum Security: String, Sendable, CaseIterable {
        case plaintext
        case tls = "ssl"
        case sasl = "sasl_plaintext"
        case saslOverTLS = "sasl_ssl"

        var usesPassword: Bool { self == .sasl || self == .saslOverTLS }
    }

    /// How the members of a group share the partitions; all of them must agree.
    package enum Assignment: String, Sendable, CaseIterable {
        case range
        case roundRobin = "roundrobin"
        /// Moves as few partitions as possible. librdkafka 2.0 does not work with every broker here; later versions do.
        case cooperativeSticky = "cooperative-sticky"
    }

    /// How user and password are sent to the brokers, with SASL.
    package enum Mechanism: String, Sendable, CaseIterable {
        case scramSHA512 = "SCRAM-SHA-512"
        case scramSHA256 = "SCRAM-SHA-256"
        case plain = "PLAIN"
    }

    /// `host:port`, separated by commas.
    package let brokers: String
    package let security: Security
    /// A file of certificates to trust; nil for those the system trusts.
    package let certificateAuthority: String?
    package let user: String?
    package let password: String?

    package var mechanism = Mechanism.scramSHA512
    /// Prefix of the names of topics and groups, so that tests do not share any.
    package var topicPrefix = ""
    package var assignment = Assignment.range
    /// Names this process among the members of its groups, and stays the same over restarts: after a crash or a restart it
    /// goes on with its partitions at once. No two processes may have the same. nil: each start is a new member.
    package var instance: String?
    /// A member that sent no heartbeat for so long has lost its partitions.
    package var sessionTimeout = Duration.seconds(10)
    /// An event that the brokers have not acknowledged for so long counts as not published.
    package var deliveryTimeout = Duration.seconds(10)
    /// How long a consumer that found nothing pauses. Kafka itself holds such a request until there is a record; brokers that
    /// respond at once would keep a processor busy. Zero is right for Kafka.
    package var idlePause = Duration.zero
    /// Copies of each partition that `createTopics` asks for; -1 leaves it to the brokers.
    package var replicationFactor = -1

    /// Throws `KafkaError` that names the variable at fault.
    package init(
        brokers: String, security: Security = .plaintext, certificateAuthority: String? = nil, user: String? = nil,
        password: String? = nil
    ) throws(KafkaError) {
        guard brokers.split(separator: ",", omittingEmptySubsequences: false).allSatisfy(Self.isAddress) else {
            throw KafkaError(.configuration, "MAGPIE_KAFKA_BROKERS must be host:port, several separated by commas")
        }
        if security.usesPassword, user == nil || password == nil {
            throw KafkaError(
                .configuration,
                "MAGPIE_KAFKA_BROKERS with \(security.rawValue) need MAGPIE_KAFKA_USER and MAGPIE_KAFKA_PASSWORD")
        }
        self.brokers = brokers
        self.security = security
        self.certificateAuthority = certificateAuthority
        self.user = user
        self.password = password
    }

    private static func isAddress(_ text: Substring) -> Bool {
        guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]) else {
            return false
        }
        return port > 0 && colon > text.startIndex && !text.contains(where: \.isWhitespace)
    }
}

extension KafkaSettings: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Without the password, wherever the settings are printed.
    package var description: String { "\(brokers) (\(security.rawValue))" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: ["brokers": brokers, "security": security]) }
}
