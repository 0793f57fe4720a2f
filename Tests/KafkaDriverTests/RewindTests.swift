import EventContract
import EventLog
import KafkaDriver
import TestSupport
import Testing

@Suite(.enabled(if: TestServer.kafka != nil, "run it by scripts/with-kafka"), .timeLimit(.minutes(1)))
struct RewindTests {
    @Test func aGroupWithoutMembersIsRewoundByANonMember() async throws {
        try await withLog { log, settings in
            try await log.publish(spread(10))
            try await withKafkaLog(on: settings) { other in
                _ = try await other.handle { $0.count >= 10 }
            }
            #expect(try await log.lag(group: "g", topic: .orders) == 0)
            try await log.rewind(group: "g", topic: .orders)
            #expect(try await log.lag(group: "g", topic: .orders) == 10)
            #expect(try await log.poll(atLeast: 10).count == 10)
        }
    }

    @Test func aRunningMemberIsRewoundByANonMember() async throws {
        try await withLog { log, settings in
            try await log.publish(spread(10))
            _ = try await log.handle { $0.count >= 10 }
            try await withKafkaLog(on: settings) { operators in
                try await operators.rewind(group: "g", topic: .orders)
                // Nobody else's.
                try await operators.rewind(group: "other", topic: .orders)
            }
            #expect(Set(try await log.handle { $0.count >= 10 }).count == 10)
        }
    }

    @Test func aMemberRewindsTheOthersToo() async throws {
        try await withLog { first, settings in
            try await withKafkaLog(on: settings) { second in
                let parts = try await share(first, second)
                while try await first.lag(group: "g", topic: .orders) > 0 {
                    _ = try await first.handleWhatWaits()
                    _ = try await second.handleWhatWaits()
                }
                try await first.rewind(group: "g", topic: .orders)
                for (log, part) in zip([first, second], parts) {
                    while try await log.waitingPartitions() != part { await Task.yield() }
                }
            }
        }
    }
}
