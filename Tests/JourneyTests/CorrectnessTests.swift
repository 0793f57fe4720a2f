import SQL
import Testing

/// A running shop compares its own data.
@Suite(.serialized, .shape(.both)) struct CorrectnessTests {
    private static let checks = [
        ("product-service", "oversold_units"), ("product-service", "ledger_mismatch"),
        ("order-service", "captured_without_order"), ("order-service", "order_without_event"),
        ("analytics-service", "order_without_event"), ("audit-service", "order_without_event"),
        ("audit-service", "audit_chain"), ("notification-service", "order_without_mail"),
    ]

    @Test func everyCheckIsMadeAndFindsNothing() async throws {
        try await withShop(environment: ["MAGPIE_CHECK_INTERVAL": "2"]) { shop in
            let consistency = ShopConsistency(folder: shop.folder)
            for number in 1...3 {
                let cart = try await shop.filledCart(handle: "cedar-pencils", quantity: 1)
                #expect(try await shop.checkout(cart: cart, key: "correct-\(number)").status == 201)
            }
            try await shop.eventually("every consumer has the checkpoint of the orders", within: .seconds(60)) {
                let unnamed = try await consistency.rows("order", "SELECT id FROM orders WHERE checkpoint IS NULL")
                guard unnamed.isEmpty else { return false }
                for consumer in ["audit", "analytics", "notification"] {
                    let read = try await consistency.rows(consumer, "SELECT number FROM last_checkpoint")
                    if read.isEmpty { return false }
                }
                return true
            }
            for (service, check) in Self.checks {
                let line = "magpie_correctness_violations{check=\"\(check)\",service=\"\(service)\"} "
                let lines = try await shop.metrics(of: service).split(separator: "\n")
                #expect(lines.contains("\(line)0"), "\(service) \(check)")
            }
            let command = try shop.command("correctness")
            #expect(command.status == 0, "\(command.output)")
            for (_, check) in Self.checks { #expect(command.output.contains(check)) }
            #expect(shop.stop() == 0)
        }
    }

    @Test func theCommandNamesMoneyWithoutAnOrder() async throws {
        try await withShop { shop in
            let consistency = ShopConsistency(folder: shop.folder)
            try await consistency.change(
                "test-payments",
                """
                INSERT INTO test_payments (key, order_id, state, amount, currency, created_at)
                VALUES ('ord_lost', 'ord_lost', 'authorised', 500, 'USD', 1)
                """)
            let found = try shop.command("correctness")
            #expect(found.status == 1 && found.output.contains("ord_lost"), "\(found.output)")
            try await consistency.change("test-payments", "UPDATE test_payments SET state = 'voided'")
            let repaired = try shop.command("correctness")
            #expect(repaired.status == 0, "\(repaired.output)")
            #expect(shop.stop() == 0)
        }
    }
}
