import EventLog
import KafkaDriver
import TestSupport
import Testing

@Suite(.enabled(if: TestServer.kafka != nil, "run it by scripts/with-kafka"), .timeLimit(.minutes(1)))
struct DeadLetterTests {
    @Test func deadLettersOfOneProcessAreHandledInAnother() async throws {
        try await withLog { log, settings in
            let (first, second) = (try SampleEvents.cancelled("1"), try SampleEvents.cancelled("2"))
            try await log.deadLetter(first, group: "g", reason: "a")
            try await log.deadLetter(second, group: "g", reason: "b")
            let numbers = try await log.deadLetters().map(\.id)
            #expect(Set(numbers).count == 2)
            try await withKafkaLog(on: settings) { operators in
                #expect(try await operators.deadLetters().map(\.event) == [first, second])
                #expect(try await operators.deadLetters().map(\.id) == numbers)
                try await operators.retryDeadLetter(of: first.id, group: "g")
                try await operators.removeDeadLetter(of: second.id, group: "g")
                try await operators.retryDeadLetter(of: second.id, group: "g")
            }
            while try await log.deadLettersToRetry(group: "g").isEmpty { await Task.yield() }
            #expect(try await log.deadLettersToRetry(group: "g").map(\.event) == [first])
            #expect(try await log.deadLetters().map(\.id) == Array(numbers.prefix(1)))
        }
    }

    /// Otherwise every member would handle the event.
    @Test func oneMemberActsForItsGroup() async throws {
        try await withLog { first, settings in
            let event = try SampleEvents.cancelled("1")
            try await first.deadLetter(event, group: "g", reason: "a")
            try await first.retryDeadLetter(of: event.id, group: "g")
            try await withKafkaLog(on: settings) { second in
                let parts = try await share(first, second)
                let counts = try await (
                    first.deadLettersToRetry(group: "g").count, second.deadLettersToRetry(group: "g").count
                )
                #expect(counts == (parts[0].contains(0) ? (1, 0) : (0, 1)))
            }
        }
    }
}
