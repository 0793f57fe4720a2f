import Commerce
import ProductContract
import ProductService
import SQL
import ServiceKit
import TestSupport
import Testing

/// Stock, reservations and ledger are changed by hand, and the checks find it.
@Suite struct StockCorrectnessTests {
    /// Makes both checks. The numbers of violations, as the gauges show them: oversold units, then mismatches.
    private func check(_ shop: Shop) async throws -> [String?] {
        for check in shop.catalogue.checks { try await check.run() }
        return gauges(shop)
    }

    private func gauges(_ shop: Shop) -> [String?] {
        ["oversold_units", "ledger_mismatch"].map { shop.metrics.violations($0, of: "product-service") }
    }

    private func change(_ shop: Shop, _ statement: SQLStatement) async throws {
        _ = try await shop.database.write { tx in try tx.execute(statement) }
    }

    @Test func stockThatNobodyTouchedAgrees() async throws {
        try await withShop { shop in
            #expect(gauges(shop) == ["NaN", "NaN"])
            let mug = try await shop.add("Mug", stock: 5).firstVariant
            let bowl = try await shop.add("Bowl", stock: nil).firstVariant
            #expect(try await check(shop) == ["0", "0"])
            let (sold, cancelled) = (OrderID(), OrderID())
            try await shop.reserve(sold, [(mug, 2), (bowl, 1)])
            try await shop.reserve(cancelled, [(mug, 3), (bowl, 1)])
            #expect(try await check(shop) == ["0", "0"])
            for order in [sold, cancelled] { try await shop.service.commitReservation(for: order) }
            try await shop.service.restock(order: cancelled)
            #expect(try await check(shop) == ["0", "0"])
        }
    }

    @Test func unitsBeyondTheLedgerAreOversold() async throws {
        try await withShop { shop in
            let mug = try await shop.add("Mug", stock: 5).firstVariant
            let (first, second) = (OrderID(), OrderID())
            try await shop.reserve(first, [(mug, 4)])
            #expect(try await check(shop) == ["0", "0"])
            try await change(shop, "UPDATE stock SET on_hand = 8 WHERE variant_id = \(mug)")
            #expect(try await check(shop) == ["0", "1"])
            try await shop.reserve(second, [(mug, 4)])
            #expect(try await check(shop) == ["3", "1"])
            for order in [first, second] { try await shop.service.commitReservation(for: order) }
            #expect(try await check(shop) == ["3", "1"])
            // Three more were found: the movement that was missing.
            try await change(
                shop,
                """
                INSERT INTO stock_movements (variant_id, kind, quantity, reason, actor, occurred_at)
                VALUES (\(mug), 'adjustment', 3, 'found', 'test', 0)
                """)
            #expect(try await check(shop) == ["0", "0"])
        }
    }

    @Test func eachVariantWithAWrongLedgerIsFound() async throws {
        try await withShop { shop in
            var variants: [VariantID] = []
            for number in 1...5 { variants.append(try await shop.add("Mug \(number)", stock: 5).firstVariant) }
            #expect(try await check(shop) == ["0", "0"])
            try await change(
                shop, "UPDATE stock_movements SET quantity = 4 WHERE variant_id IN \(in: Array(variants.prefix(2)))")
            try await change(shop, "DELETE FROM stock_movements WHERE variant_id = \(variants[2])")
            #expect(try await check(shop) == ["0", "0"], "ledgers are added up once a day")
            shop.time.advance(by: .seconds(86_400))
            #expect(try await check(shop) == ["0", "3"])
            let findings = try await shop.catalogue.checks[1].run(.everything)
            #expect(findings.ids == variants.prefix(3).map(\.rawValue).sorted())
            try await change(
                shop, "UPDATE stock_movements SET quantity = 5 WHERE variant_id IN \(in: Array(variants.prefix(2)))")
            #expect(try await check(shop) == ["0", "1"])
            try await change(shop, "UPDATE stock SET on_hand = 0 WHERE variant_id = \(variants[2])")
            #expect(try await check(shop) == ["0", "0"])
        }
    }

    @Test func aLostReservationIsAMismatch() async throws {
        try await withShop { shop in
            let mug = try await shop.add("Mug", stock: 5).firstVariant
            let order = OrderID()
            try await shop.reserve(order, [(mug, 2)])
            try await change(shop, "DELETE FROM reservations WHERE order_id = \(order)")
            #expect(try await check(shop) == ["0", "1"])
            try await change(shop, "UPDATE stock SET reserved = 0 WHERE variant_id = \(mug)")
            #expect(try await check(shop) == ["0", "0"])
        }
    }

    /// More variants than one round goes through, each with movements since the first round.
    @Test func aLargeCatalogueIsGoneThroughInParts() async throws {
        try await withShop { shop in
            let mug = try await shop.add("Mug", stock: 5).firstVariant
            try await shop.database.write { tx in
                let product = try tx.first("SELECT number FROM products")?.int64("number") ?? 0
                let ids = (10_000..<12_500).map { "var_\($0)" }
                let variants: [[SQLValue]] = ids.map { id in
                    [.text(id), .integer(product), .integer(9), .text(""), .text(id), .text("USD"), .integer(1)]
                }
                try tx.execute(rows: variants) { rows in
                    """
                    INSERT INTO variants (id, product_number, position, sku, option_values, currency, price)
                    VALUES \(rows: rows)
                    """
                }
                let stock: [[SQLValue]] = ids.map { [.text($0), .integer(1), .integer(7), .integer(0)] }
                try tx.execute(rows: stock) {
                    "INSERT INTO stock (variant_id, tracked, on_hand, reserved) VALUES \(rows: $0)"
                }
            }
            // Of 2,501 variants without movements 2,000 are seen first, then 200 each time.
            var seen: [String?] = []
            for _ in 1...4 { seen.append(try await check(shop)[1]) }
            #expect(seen.last == "2500")
            #expect(seen.first == "2000" || seen.first == "1999")
            let all = try await shop.catalogue.checks[1].run(.everything)
            #expect(all.violations == 2_500 && all.ids.count == CorrectnessCheck.shownIDs)
            #expect(!all.ids.contains(mug.rawValue))
        }
    }

    /// Checks beside a hundred orders see each of them wholly or not at all.
    @Test func ordersUnderWayAreNoViolation() async throws {
        try await withShop { shop in
            let mug = try await shop.add("Mug", stock: 100).firstVariant
            let bowl = try await shop.add("Bowl", stock: 100).firstVariant
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                for number in 0..<100 {
                    tasks.addTask {
                        let order = OrderID()
                        try await shop.reserve(order, [(mug, 1), (bowl, 1)])
                        if number.isMultiple(of: 3) { return try await shop.service.releaseReservation(for: order) }
                        try await shop.service.commitReservation(for: order)
                        if number.isMultiple(of: 2) { try await shop.service.restock(order: order) }
                    }
                }
                tasks.addTask {
                    for _ in 1...20 {
                        let found = try await self.check(shop)
                        #expect(found == ["0", "0"])
                    }
                }
                try await tasks.waitForAll()
            }
            #expect(try await check(shop) == ["0", "0"])
        }
    }
}
