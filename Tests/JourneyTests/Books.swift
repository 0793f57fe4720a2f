import Foundation
import SQL
import SQLiteDriver
import Testing

/// Compares what a stopped shop's databases say about orders, money, stock and events.
struct Books {
    let folder: URL

    /// Records an issue for everything that does not agree to the unit.
    func audit(_ moment: String) async throws {
        for name in [
            "auth", "product", "cart", "order", "test-payments", "events", "notification", "analytics", "audit",
        ] {
            let database = try open(name)
            try await database.checkIntegrity()
            try database.close()
        }
        let orders = try await rows("order", "SELECT * FROM orders")
        let payments = try await rows("test-payments", "SELECT * FROM test_payments")
        let reservations = try await rows("product", "SELECT * FROM reservations")

        let orderIDs = Set(try orders.map { try $0.string("id") })
        let cancelledIDs = Set(
            try orders.filter { try $0.string("status") == "cancelled" }.map { try $0.string("id") })
        let owedFor = orderIDs.subtracting(cancelledIDs)
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
            let expected =
                !orderIDs.contains(order)
                ? ["released"] : cancelledIDs.contains(order) ? ["released", "restocked"] : ["committed"]
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

        let placed = try await rows(
            "events", "SELECT key, COUNT(*) AS n FROM events WHERE type = 'magpie.events.v1.OrderPlaced' GROUP BY key")
        #expect(Set(try placed.map { try $0.string("key") }) == orderIDs, "\(moment): orders and events differ")
        #expect(try placed.allSatisfy { try $0.int("n") == 1 }, "\(moment): an order was announced twice")
        let cancelled = try await rows(
            "events", "SELECT key FROM events WHERE type = 'magpie.events.v1.OrderCancelled'")
        #expect(
            try cancelled.map { try $0.string("key") }.sorted() == cancelledIDs.sorted(),
            "\(moment): cancellations and events differ")
    }

    /// Every row of what customers and staff care about, by table: to see whether anything has changed.
    func contents() async throws -> [String: [String]] {
        var contents: [String: [String]] = [:]
        for name in ["auth", "product", "cart", "order", "test-payments"] {
            let tables = try await rows(
                name, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            ).map { try $0.string("name") }
            // The shop keeps secrets made on first use, and notes of attempts that came to nothing.
            for table in tables where table != "outbox" && table != "order_secrets" {
                let real = table == "checkouts" ? "WHERE state <> 'failed'" : ""
                let all = try await rows(name, "SELECT * FROM \(unsafeSQL: table) \(unsafeSQL: real)")
                contents["\(name).\(table)"] = all.map { "\($0)" }.sorted()
            }
        }
        return contents
    }

    /// Time passes for a process that has died: whatever it was at may be taken over.
    func letLeasesRunOut() async throws {
        let database = try open("order")
        try await database.write { tx in
            try tx.execute("UPDATE checkouts SET lease_until = 0 WHERE state = 'running'")
            try tx.execute("UPDATE order_tasks SET lease_until = 0")
        }
        try database.close()
    }

    func rows(_ database: String, _ statement: SQLStatement) async throws -> [SQLRow] {
        let database = try open(database)
        let rows = try await database.read { tx in try tx.query(statement) }
        try database.close()
        return rows
    }

    private func open(_ name: String) throws -> SQLiteDatabase {
        try SQLiteDatabase(path: folder.appending(path: "\(name).sqlite").path)
    }
}
