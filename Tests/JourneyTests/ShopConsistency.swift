import Commerce
import EventContract
import EventLog
import Foundation
import KafkaDriver
import Logging
import PostgresDriver
import SQL
import SQLiteDriver
import Testing

/// Compares orders, money, stock and events in the databases of a stopped shop.
struct ShopConsistency {
    let folder: URL
    private let announced = OrderEvents()

    init(folder: URL) { self.folder = folder }

    /// Records an issue for every difference.
    func check(_ moment: String) async throws {
        if try ClusterSettings(of: folder) == nil { try await checkFiles() }
        let orders = try await rows("order", "SELECT * FROM orders")
        let payments = try await rows("test-payments", "SELECT * FROM test_payments")
        let reservations = try await rows("product", "SELECT * FROM reservations")

        let statuses = try orders.reduce(into: [:]) { try $0[$1.string("id")] = $1.string("status") }
        let owedFor = Set(statuses.filter { $0.value != "cancelled" }.keys)
        for payment in payments {
            let order = try payment.string("order_id")
            let state = try payment.string("state")
            let holdsMoney =
                try ["authorised", "captured"].contains(state) && payment.int("amount") > payment.int("refunded")
            if holdsMoney { #expect(owedFor.contains(order), "\(moment): money without the order \(order)") }
        }
        for order in orders where try order.string("status") == "confirmed" {
            let id = try order.string("id")
            let paid = try payments.contains {
                try $0.string("order_id") == id && $0.string("state") == "captured"
                    && $0.int("captured") == order.int("total")
            }
            #expect(paid, "\(moment): the order \(id) is not paid in full")
        }
        for reservation in reservations {
            let order = try reservation.string("order_id")
            // A fully refunded order may have been shipped before.
            let expected =
                switch statuses[order] {
                case nil: ["released"]
                case "cancelled": ["released", "restocked"]
                case "refunded": ["committed", "restocked"]
                default: ["committed"]
                }
            let state = try reservation.string("state")
            #expect(expected.contains(state), "\(moment): reservation of \(order) is \(state)")
        }
        let faults = try await rows(
            "product",
            """
            SELECT s.variant_id FROM stock s LEFT JOIN stock_movements m ON m.variant_id = s.variant_id
            WHERE s.tracked = 1 GROUP BY s.variant_id, s.on_hand HAVING s.on_hand <> COALESCE(SUM(m.quantity), 0)
            """)
        #expect(faults.isEmpty, "\(moment): the ledger does not sum to the stock")
        let running = try await rows("order", "SELECT * FROM checkouts WHERE state = 'running'")
        #expect(running.isEmpty, "\(moment): checkouts are stuck")

        let events = try await orderEvents()
        let placed = events.filter { $0.type == "magpie.events.v1.OrderPlaced" }.map(\.key)
        #expect(placed.sorted() == statuses.keys.sorted(), "\(moment): orders and events differ")
        let cancelled = events.filter { $0.type == "magpie.events.v1.OrderCancelled" }.map(\.key)
        let cancelledOrders = statuses.filter { $0.value == "cancelled" }.keys
        #expect(cancelled.sorted() == cancelledOrders.sorted(), "\(moment): cancellations and events differ")
    }

    /// Whether no checkout, task or event waits, and all emails are sent.
    func isIdle() async throws -> Bool {
        let waiting = try await [
            rows("order", "SELECT order_id FROM checkouts WHERE state = 'running'"),
            rows("order", "SELECT id FROM order_tasks"), rows("order", "SELECT id FROM outbox"),
            rows("product", "SELECT id FROM outbox"), rows("auth", "SELECT id FROM outbox"),
        ]
        guard waiting.allSatisfy(\.isEmpty) else { return false }
        let known = try await orderEvents().map(\.id)
        let mailed = try await ids("notification", "SELECT order_id AS event_id FROM messages")
        let audited = try await ids("audit", "SELECT event_id FROM audit_records")
        let counted = try await ids("analytics", "SELECT order_id AS event_id FROM placed_orders")
        let orders = try await ids("order", "SELECT id AS event_id FROM orders")
        guard Set(known).isSubset(of: audited), orders.isSubset(of: counted), orders.isSubset(of: mailed) else {
            return false
        }
        // Last, because the events read before may have queued another email.
        return try await rows("notification", "SELECT id FROM messages WHERE state = 'queued'").isEmpty
    }

    /// Waits until all work is done, and compares the databases with emails, reports and audit records.
    func checkWhenIdle(_ shop: RunningShop, _ moment: String) async throws {
        try await shop.eventually("\(moment): nothing is left to do", within: .seconds(90)) { try await isIdle() }
        try await check(moment)
        try await checkEffects(moment)
    }

    /// Records an issue unless each order has one email, one audit record and one place in the reports.
    func checkEffects(_ moment: String) async throws {
        let orders = try await ids("order", "SELECT id AS event_id FROM orders")
        let mails = try await rows("notification", "SELECT order_id, state FROM messages WHERE kind = 'order_placed'")
        #expect(
            try mails.map { try $0.string("order_id") }.sorted() == orders.sorted(), "\(moment): one mail an order")
        #expect(try mails.allSatisfy { try $0.string("state") == "sent" }, "\(moment): emails were abandoned")
        let files = try FileManager.default.contentsOfDirectory(
            at: folder.appending(path: "outbox-mail"), includingPropertiesForKeys: nil
        ).filter { $0.pathExtension == "eml" }
        let messages = try await rows("notification", "SELECT event_id FROM messages")
        #expect(files.count == messages.count, "\(moment): sent emails and written files differ")
        let placed = try await rows("audit", "SELECT subject FROM audit_records WHERE action = 'order.placed'")
        #expect(
            try placed.map { try $0.string("subject") }.sorted() == orders.sorted(), "\(moment): one record an order")
        let sum = try await rows("order", "SELECT COALESCE(SUM(total), 0) AS total FROM orders").first?.int64("total")
        let gross = try await rows("analytics", "SELECT COALESCE(SUM(gross), 0) AS total FROM revenue_days").first?
            .int64("total")
        #expect(sum == gross, "\(moment): revenue and orders differ")
    }

    private func ids(_ database: String, _ statement: SQLStatement) async throws -> Set<String> {
        Set(try await rows(database, statement).map { try $0.string("event_id") })
    }

    private func checkFiles() async throws {
        for name in [
            "auth", "product", "cart", "order", "test-payments", "events", "notification", "analytics", "audit",
        ] {
            let database = try await SQLiteDatabase.open(path: folder.appending(path: "\(name).sqlite").path)
            try await database.checkIntegrity()
            try await database.close()
        }
    }

    /// Published events of orders, each once: Kafka may have one twice with the same id.
    private func orderEvents() async throws -> [OrderEvents.Item] {
        if let cluster = try ClusterSettings(of: folder) { return try await announced.all(of: cluster) }
        return try await rows("events", "SELECT id, type, key FROM events WHERE topic = 'magpie.orders'").map {
            (try $0.string("id"), try $0.string("type"), try $0.string("key"))
        }
    }

    /// Every row that customers and staff can notice, by table, to find changes.
    func contents() async throws -> [String: [String]] {
        var contents: [String: [String]] = [:]
        for name in ["auth", "product", "cart", "order", "test-payments"] {
            let tables = try await rows(
                name, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            ).map { try $0.string("name") }
            // Secrets that are made on first use, records of failed attempts, and the progress of checks may change.
            for table in tables where !["outbox", "order_secrets", "payment_checks"].contains(table) {
                let real = table == "checkouts" ? "WHERE state <> 'failed'" : ""
                let columns = try await rows(
                    name, "SELECT name FROM pragma_table_info(\(table)) WHERE name <> 'checkpoint'"
                ).map { "\"\(try $0.string("name"))\"" }.joined(separator: ", ")
                let all = try await rows(
                    name, "SELECT \(unsafeSQL: columns) FROM \(unsafeSQL: table) \(unsafeSQL: real)")
                contents["\(name).\(table)"] = all.map { "\($0)" }.sorted()
            }
        }
        return contents
    }

    /// Ends the leases of a killed process, so that another one takes its work over.
    func expireLeases() async throws {
        try await withDatabase("order") { database in
            try await database.write { tx in
                try tx.execute("UPDATE checkouts SET lease_until = 0 WHERE state = 'running'")
                try tx.execute("UPDATE order_tasks SET lease_until = 0")
            }
        }
        try await withDatabase("notification") { database in
            try await database.write { tx in
                _ = try tx.execute("UPDATE messages SET due_at = 0 WHERE state = 'queued'")
            }
        }
    }

    /// Changes a database by hand.
    func change(_ database: String, _ statement: SQLStatement) async throws {
        try await withDatabase(database) { database in
            _ = try await database.write { tx in try tx.execute(statement) }
        }
    }

    func rows(_ database: String, _ statement: SQLStatement) async throws -> [SQLRow] {
        try await withDatabase(database) { try await $0.read { tx in try tx.query(statement) } }
    }

    private func withDatabase<Value>(
        _ name: String, _ body: (any Database) async throws -> Value
    ) async throws -> Value {
        if let cluster = try ClusterSettings(of: folder) {
            let database = PostgresDatabase(try cluster.postgres(schema: name.replacing("-", with: "_")))
            defer { database.close() }
            return try await body(database)
        }
        let database = try await SQLiteDatabase.open(path: folder.appending(path: "\(name).sqlite").path)
        let value = try await body(database)
        try await database.close()
        return value
    }
}

/// The events of orders in a cluster's log; continues where it stopped reading.
private actor OrderEvents {
    typealias Item = (id: String, type: String, key: String)
    private let group = "consistency-\(UUID().uuidString)"
    private var log: KafkaEventLog?
    private var events: [String: Item] = [:]

    func all(of cluster: ClusterSettings) async throws -> [Item] {
        let log = try self.log ?? KafkaEventLog(cluster.kafka, logger: Logger(label: "consistency"))
        self.log = log
        while try await log.lag(group: group, topic: .orders) > 0 {
            for logged in try await log.poll(group: group, topic: .orders, limit: 500, wait: .seconds(5)) {
                let event = logged.event
                events[event.id.rawValue] = (event.id.rawValue, event.type, event.key)
                _ = try await log.commit(logged, group: group)
            }
        }
        return Array(events.values)
    }

    deinit {
        if let log { Task { await log.close() } }
    }
}
