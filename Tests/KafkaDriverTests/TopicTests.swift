import EventContract
import EventLog
import KafkaDriver
import ServiceKit
import TestSupport
import Testing

@Suite(.enabled(if: TestServer.kafka != nil, "run it by scripts/with-kafka"), .timeLimit(.minutes(1)))
struct TopicTests {
    @Test func missingTopicsAreNamedAndCreated() async throws {
        let settings = try #require(TestServer.kafka).kafkaSettings()
        try await withKafkaLog(on: settings) { log in
            let error = await #expect(throws: KafkaError.self) { try await log.checkTopics(TopicDeclaration.all) }
            #expect(error?.code == .missingTopics)
            for topic in TopicDeclaration.all {
                #expect(error?.message.contains(settings.topicPrefix + topic.name) == true)
            }
            try await log.createTopics(TopicDeclaration.all)
            try await log.createTopics(TopicDeclaration.all)
            try await log.checkTopics(TopicDeclaration.all)
        }
    }

    @Test func aClosedLogRefusesCalls() async throws {
        try await withLog { log, _ in
            try await log.check()
            _ = try await log.poll(group: "g", topic: .orders, limit: 1, wait: .zero)
            await log.close()
            await log.close()
            await #expect(throws: KafkaError.self) { try await log.publish([try SampleEvents.cancelled("1")]) }
            await #expect(throws: KafkaError.self) {
                _ = try await log.poll(group: "g", topic: .orders, limit: 1, wait: .zero)
            }
            await #expect(throws: KafkaError.self) { _ = try await log.deadLetters() }
            await #expect(throws: KafkaError.self) { try await log.check() }
        }
    }

    @Test func aCancelledPollEnds() async throws {
        try await withLog { log, _ in
            await withTaskGroup(of: Void.self) { tasks in
                tasks.addTask { _ = try? await log.poll(group: "g", topic: .orders, limit: 1, wait: .seconds(600)) }
                await Task.yield()
                tasks.cancelAll()
            }
        }
    }
}
