package import EventLog

extension KafkaEventLog {
    /// Creates the topics that are missing, as they are declared. What is there already stays as it is.
    package func createTopics(_ declarations: [TopicDeclaration]) async throws {
        let client = try producer.client()
        let wanted = declarations.map { (name: settings.name(of: $0), declaration: $0) }
        let replicationFactor = settings.replicationFactor
        try await query {
            let present = try client.topics()
            try client.create(wanted.filter { present[$0.name] == nil }, replicationFactor: replicationFactor)
        }
    }

    /// Throws `KafkaError` that names the topics that are missing.
    package func checkTopics(_ declarations: [TopicDeclaration]) async throws {
        let client = try producer.client()
        let present = try await query { try client.topics() }
        let missing = declarations.map(settings.name(of:)).filter { present[$0] == nil }
        if !missing.isEmpty { throw KafkaError.missing(missing) }
    }

    /// Throws `ServiceError.unavailable` unless a broker responds within two seconds.
    package func check() async throws {
        let client = try producer.client()
        try await query { try client.ping(timeout: 2_000) }
    }
}

extension KafkaError {
    static func missing(_ topics: [String]) -> KafkaError {
        KafkaError(
            .missingTopics,
            "Kafka (MAGPIE_KAFKA_BROKERS) lacks the topics \(topics.joined(separator: ", ")): run magpie migrate")
    }
}
