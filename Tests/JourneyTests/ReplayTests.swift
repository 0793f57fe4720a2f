import AnalyticsService
import AuditService
import Commerce
import EventContract
import EventLog
import Foundation
import KafkaDriver
import NotificationService
import SQL
import TestSupport
import Testing

@testable import magpie

/// Consumers get events again, and events that cannot be read.
@Suite(.serialized, .shape(.cluster))
struct ReplayTests {
    @Test func aReplayOfEveryTopicChangesNothing() async throws {
        try await withShop(environment: ["MAGPIE_LOG_LEVEL": "notice"]) { shop in
            let consistency = ShopConsistency(folder: shop.folder)
            for number in 1...5 {
                let cart = try await shop.filledCart(handle: "cedar-pencils", quantity: 1)
                #expect(try await shop.checkout(cart: cart, key: "replay-\(number)").status == 201)
            }
            try await consistency.checkWhenIdle(shop, "before the replay")
            try await Self.withLog(of: shop) { log in
                try await shop.eventually("the checkpoint of the orders is published", within: .seconds(90)) {
                    let unnamed = try await consistency.rows("order", "SELECT id FROM orders WHERE checkpoint IS NULL")
                    let waiting = try await consistency.rows("order", "SELECT id FROM outbox")
                    return unnamed.isEmpty && waiting.isEmpty
                }
                try await Self.waitUntilAllIsRead(in: log, shop)
                try await shop.eventually("its orders are handled everywhere", within: .seconds(90)) {
                    for schema in ["audit", "analytics", "notification"] {
                        guard try await consistency.rows(schema, "SELECT id FROM awaited_facts").isEmpty else {
                            return false
                        }
                    }
                    return true
                }
                let before = try await Self.contents(consistency)
                for group in ServiceList.consumerGroups {
                    let replay = try shop.command("events", "replay", "--group", group)
                    #expect(replay.status == 0, "\(replay.output)")
                    try await shop.eventually("\(group) begins anew") {
                        let lines = try String(
                            contentsOf: shop.folder.appending(path: "\(group)-0.log"), encoding: .utf8)
                        let topics = lines.components(separatedBy: "Reading from the beginning").count - 1
                        return topics >= Self.topics(of: group).count
                    }
                }
                try await Self.waitUntilAllIsRead(in: log, shop)
                let after = try await Self.contents(consistency)
                for (table, rows) in before where !table.hasPrefix("audit.") {
                    #expect(after[table] == rows, "\(table)")
                }
                // Each command has its own audit record.
                let records = (before["audit.audit_records"] ?? [], after["audit.audit_records"] ?? [])
                #expect(Set(records.0).isSubset(of: records.1))
                #expect(records.1.count == records.0.count + ServiceList.consumerGroups.count)
                #expect(before.values.contains { !$0.isEmpty })
            }
            try await consistency.checkWhenIdle(shop, "after the replay")
            #expect(shop.stop() == 0)
        }
    }

    @Test func anUnreadableMessageBecomesADeadLetterWithItsReason() async throws {
        try await withShop { shop in
            let poison = Event(
                id: EventID(at: .now), type: "magpie.events.v1.OrderPlaced", source: "somewhere", topic: .orders,
                key: "ord_of_nobody", time: .now, traceparent: "", data: "no order")
            try await Self.withLog(of: shop) { try await $0.publish([poison]) }
            for number in 1...5 {
                let cart = try await shop.filledCart(handle: "cedar-pencils", quantity: 1)
                #expect(try await shop.checkout(cart: cart, key: "poison-\(number)").status == 201)
            }
            func deadLetters() throws -> [Substring] {
                try shop.command("events", "dead-letters").output.split(separator: "\n").filter {
                    $0.contains(poison.id.rawValue)
                }
            }
            try await shop.eventually("every group has put it aside") {
                try deadLetters().count == ServiceList.consumerGroups.count
            }
            for deadLetter in try deadLetters() {
                let reason = deadLetter.split(separator: "\t").last ?? ""
                #expect(reason.count > 5, "\(deadLetter)")
                let number = String(deadLetter.split(separator: "\t").first ?? "")
                #expect(try shop.command("events", "dead-letters", "--drop", number).status == 0)
            }
            let left = try deadLetters()
            #expect(left.isEmpty)
            let consistency = ShopConsistency(folder: shop.folder)
            let effects = [
                ("notification", "SELECT id FROM messages WHERE state = 'sent'"),
                ("audit", "SELECT event_id FROM audit_records WHERE action = 'order.placed'"),
                ("analytics", "SELECT order_id FROM placed_orders"),
            ]
            for (schema, query) in effects {
                try await shop.eventually("\(schema) has handled all orders") {
                    try await consistency.rows(schema, "\(unsafeSQL: query)").count == 5
                }
            }
            try await consistency.checkEffects("poison")
            #expect(shop.stop() == 0)
        }
    }

    // MARK: Parts

    private static func topics(of group: String) -> [Topic] {
        let consumed = [
            AnalyticsService.group: AnalyticsService.topics, AuditService.group: AuditService.topics,
            NotificationService.group: NotificationService.topics,
        ]
        return consumed[group] ?? []
    }

    private static func withLog(of shop: RunningShop, _ body: (KafkaEventLog) async throws -> Void) async throws {
        let cluster = try #require(try ClusterSettings(of: shop.folder))
        try await withKafkaLog(on: cluster.kafka, body)
    }

    private static func waitUntilAllIsRead(in log: KafkaEventLog, _ shop: RunningShop) async throws {
        try await shop.eventually("every group has read every topic", within: .seconds(60)) {
            for group in ServiceList.consumerGroups {
                for topic in topics(of: group) where try await log.lag(group: group, topic: topic) > 0 { return false }
            }
            return true
        }
    }

    /// Every row of every table that consumers write, and the mails.
    private static func contents(_ consistency: ShopConsistency) async throws -> [String: [String]] {
        var contents: [String: [String]] = [:]
        for schema in ["audit", "analytics", "notification"] {
            let tables = try await consistency.rows(
                schema, "SELECT table_name FROM information_schema.tables WHERE table_schema = \(schema)")
            for table in try tables.map({ try $0.string("table_name") }) {
                let rows = try await consistency.rows(schema, "SELECT * FROM \(unsafeSQL: table)")
                contents["\(schema).\(table)"] = rows.map { "\($0)" }.sorted()
            }
        }
        contents["mails"] = try FileManager.default.contentsOfDirectory(
            atPath: consistency.folder.appending(path: "outbox-mail").path
        ).sorted()
        return contents
    }
}
