import EventContract
import EventLog
import KafkaDriver
import TestSupport
import Testing

/// Groups with several members, each with an event log of its own, as in several processes.
@Suite(.enabled(if: TestServer.kafka != nil, "run it by scripts/with-kafka"), .timeLimit(.minutes(1)))
struct GroupTests {
    @Test func membersShareTheWorkAndOneTakesOverWhenAnotherCloses() async throws {
        try await withLog { first, settings in
            try await withKafkaLog(on: settings) { second in
                _ = try await share(first, second)
            }
            // The second has left.
            while try await first.waitingPartitions() != Set(0..<12) { await Task.yield() }
        }
    }

    @Test func whatWasHandledButNotCommittedComesToTheNextMember() async throws {
        try await withLog { log, settings in
            try await log.publish(["1", "2", "3"].map { try SampleEvents.cancelled($0) })
            try await withKafkaLog(on: settings) { other in
                let batch = try await other.poll(atLeast: 3)
                #expect(try await other.commit(batch[0], group: "g"))
            }
            #expect(try await log.poll(atLeast: 2).map(\.event.order) == ["2", "3"])
        }
    }

    /// As when a process restarts within its session timeout; here the old one is still running.
    @Test func anInstanceReplacesItselfAndTheRemovedMemberJoinsAgain() async throws {
        try await withLog({ $0.instance = "only" }) { log, settings in
            try await log.publish(["1", "2", "3"].map { try SampleEvents.cancelled($0) })
            _ = try await log.poll(atLeast: 3)
            try await withKafkaLog(on: settings) { sameInstance in
                let batch = try await sameInstance.poll(atLeast: 3)
                #expect(try await sameInstance.commit(batch[0], group: "g"))
            }
            var left: [String?] = []
            while left != ["2", "3"] { left = try await log.poll(atLeast: 1).map(\.event.order) }
        }
    }

    @Test func afterLosingItsPartitionsAMemberCommitsNothing() async throws {
        try await withLog { log, settings in
            try await log.publish(spread(60))
            let batch = try await log.poll(atLeast: 60)
            try await withKafkaLog(on: settings) { other in
                let taken = Set(try await other.poll(atLeast: 1).map(\.partition))
                // Of the first events of each partition, those of the partitions that went are refused.
                let heads = Dictionary(batch.map { ($0.partition, $0) }, uniquingKeysWith: { first, _ in first })
                for (partition, head) in heads where taken.contains(partition) {
                    #expect(try await !log.commit(head, group: "g"))
                }
            }
        }
    }

    /// More than a member keeps in memory: it stops polling, continues, and loses nothing. After two seconds it pauses its
    /// partitions, so that it keeps its place in the group.
    @Test(arguments: [Duration.zero, .seconds(3)])
    func aSlowMemberGetsEverythingOnceInOrder(hesitation: Duration) async throws {
        try await withLog { log, _ in
            try await log.publish((0..<3_000).map { try SampleEvents.cancelled("\($0)", key: "key \($0 % 3)") })
            _ = try await log.poll(atLeast: 500)
            try await Task.sleep(for: hesitation)  // The slowness itself: nothing is handled meanwhile.
            let orders = try await log.handle { $0.count >= 3_000 }
            for key in 0..<3 {
                let numbers = orders.compactMap { Int($0) }.filter { $0 % 3 == key }
                #expect(numbers == Array(stride(from: key, to: 3_000, by: 3)))
            }
            #expect(try await log.lag(group: "g", topic: .orders) == 0)
        }
    }

    /// In librdkafka a pause outlives the rebalance that ends it here.
    @Test func aPausedMemberReadsOnAfterARebalance() async throws {
        try await withLog { first, settings in
            try await first.publish(spread(1_000))
            _ = try await first.poll(atLeast: 500)
            try await Task.sleep(for: .seconds(3))  // Full for so long, it pauses.
            try await withKafkaLog(on: settings) { second in
                // Until it has its share; it gives it back when it closes.
                while try await second.poll(group: "g", topic: .orders, limit: 1, wait: .seconds(1)).isEmpty {
                    await Task.yield()
                }
            }
            var orders = Set(try await first.handle { Set($0).count >= 1_000 })
            #expect(orders.count == 1_000)
            try await first.publish(try (1_000..<1_100).map { try SampleEvents.cancelled("\($0)", key: "key \($0)") })
            orders.formUnion(try await first.handle { Set($0).count >= 100 })
            #expect(orders.count == 1_100)
        }
    }

    @Test func lagIsTheSameForMembersAndNonMembers() async throws {
        try await withLog { log, settings in
            try await log.publish(spread(20))
            for logged in try await log.poll(atLeast: 20).prefix(5) { _ = try await log.commit(logged, group: "g") }
            #expect(try await log.lag(group: "g", topic: .orders) == 15)
            _ = try await log.poll(atLeast: 1)
            try await withKafkaLog(on: settings) { outsider in
                let lags = [
                    try await outsider.lag(group: "g", topic: .orders),
                    try await outsider.lag(group: "nobody", topic: .orders),
                ]
                #expect(lags == [15, 20])
            }
        }
    }
}
