import Commerce
import EventLog
import KafkaDriver
import TestSupport
import Testing

/// What other programs read from the topics.
@Suite(.enabled(if: TestServer.kafka != nil, "run it by scripts/with-kafka"), .timeLimit(.minutes(1)))
struct RecordTests {
    @Test func anyClientCanReadAnEvent() async throws {
        try await withLog { log, settings in
            let event = try SampleEvents.cancelled("ord_1", key: "customer")
            try await log.publish([event])
            let reader = IndependentConsumer(brokers: settings.brokers)
            let topic = settings.topicPrefix + "magpie.orders"
            let records = try (0..<12).flatMap { try reader.records(of: topic, partition: $0) }
            #expect(
                records == [
                    IndependentConsumer.Record(
                        key: "customer", value: #"{"orderId":"ord_1"}"#,
                        headers: [
                            "ce_specversion": "1.0", "ce_id": event.id.rawValue,
                            "ce_type": "magpie.events.v1.OrderCancelled", "ce_source": "test",
                            "ce_time": event.time.rfc3339, "content-type": "application/json",
                            "traceparent": event.traceparent,
                        ])
                ])
        }
    }

    @Test func aDeadLetterHasItsReasonAndItsRemovalIsATombstone() async throws {
        try await withLog { log, settings in
            let event = try SampleEvents.cancelled("ord_1")
            try await log.deadLetter(event, group: "audit-service", reason: "Poison")
            try await log.retryDeadLetter(of: event.id, group: "audit-service")
            try await log.removeDeadLetter(of: event.id, group: "audit-service")
            // Removing what is not there writes nothing.
            try await log.removeDeadLetter(of: event.id, group: "audit-service")
            let records = try IndependentConsumer(brokers: settings.brokers).records(
                of: settings.topicPrefix + "magpie.dead-letters", partition: 0)
            #expect(records.map(\.key) == Array(repeating: "audit-service/\(event.id)", count: 3))
            #expect(records.map(\.value) == [event.data, event.data, nil])
            #expect(records.map { $0.headers["magpie_reason"] } == ["Poison", "Poison", nil])
            #expect(records.map { $0.headers["magpie_retry"] } == [nil, "true", nil])
            #expect(records.first?.headers["magpie_topic"] == "magpie.orders")
            #expect(records.first?.headers["magpie_failed_at"].flatMap(Instant.init(rfc3339:)) != nil)
            #expect(records.first?.headers["ce_type"] == "magpie.events.v1.OrderCancelled")
        }
    }
}
