import EventContract
import EventLog
import KafkaDriver
import Logging
import TestSupport
import Testing

/// Events with different keys, so that every partition has some.
func spread(_ count: Int) throws -> [Event] {
    try (0..<count).map { try SampleEvents.cancelled("\($0)", key: "key \($0)") }
}

/// Runs `body` on a new log with new topics.
func withLog(
    _ change: (inout KafkaSettings) -> Void = { _ in }, _ body: (KafkaEventLog, KafkaSettings) async throws -> Void
) async throws {
    let server = try #require(TestServer.kafka)
    var settings = try server.kafkaSettings()
    change(&settings)
    try await server.withKafkaLog(settings, body)
}

/// Publishes a hundred events, and polls until each of two members of the group has half of the partitions.
///
/// - Returns: The partitions of each.
func share(_ first: KafkaEventLog, _ second: KafkaEventLog) async throws -> [Set<Int32>] {
    try await first.publish(spread(100))
    while true {
        let parts = [try await first.waitingPartitions(), try await second.waitingPartitions()]
        if parts.map(\.count) == [6, 6], parts[0].isDisjoint(with: parts[1]) { return parts }
        await Task.yield()
    }
}

extension KafkaEventLog {
    func waitingPartitions() async throws -> Set<Int32> {
        Set(try await poll(group: "g", topic: .orders, limit: 1_000, wait: .zero).map(\.partition))
    }

    /// Polls until there are at least so many.
    func poll(atLeast count: Int) async throws -> [LoggedEvent] {
        while true {
            let events = try await poll(group: "g", topic: .orders, limit: 1_000, wait: .seconds(1))
            if events.count >= count { return events }
            await Task.yield()
        }
    }

    /// Polls and commits until the condition holds for the orders handled so far.
    func handle(until isEnough: ([String]) -> Bool) async throws -> [String] {
        var orders: [String] = []
        while !isEnough(orders) { orders += try await handleWhatWaits(.milliseconds(200)) }
        return orders
    }

    /// Polls once, and commits.
    func handleWhatWaits(_ wait: Duration = .zero) async throws -> [String] {
        var orders: [String] = []
        for logged in try await poll(group: "g", topic: .orders, limit: 100, wait: wait) {
            orders.append(logged.event.order ?? "")
            guard try await commit(logged, group: "g") else { break }
        }
        return orders
    }
}
