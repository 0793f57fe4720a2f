import Commerce
import OrderContract
import OrderService
import SQL
import ServiceKit
import TestSupport
import Testing

/// The provider's records and the orders are changed by hand, and the check finds it.
@Suite struct PaymentCorrectnessTests {
    private let metrics = RecordedMetrics()
    private let grace = Duration.seconds(901)

    private var violations: String? { metrics.violations("captured_without_order", of: "order-service") }

    private func payments(of service: OrderService) throws -> CorrectnessCheck {
        try #require(service.checks.first { $0.name == "captured_without_order" })
    }

    /// A minute later.
    private func check(_ service: OrderService, _ shop: TestShop) async throws -> String? {
        shop.time.advance(by: .seconds(60))
        try await payments(of: service).run()
        return violations
    }

    private func change(_ database: any Database, _ statement: SQLStatement) async throws {
        _ = try await database.write { tx in try tx.execute(statement) }
    }

    private func addPayment(_ key: String, _ state: String, to shop: TestShop) async throws {
        try await change(
            shop.paymentsDatabase,
            """
            INSERT INTO test_payments (key, order_id, state, amount, currency, captured, created_at)
            VALUES (\(key), \(key), \(state), 500, 'USD', \(state == "captured" ? 500 : 0), \(shop.time.clock.now()))
            """)
    }

    @Test func ordersInAnyStateHaveTheirMoney() async throws {
        try await withShop { shop in
            let service = shop.orders(metrics: metrics.factory)
            #expect(violations == "NaN")
            var orders: [OrderID] = []
            for _ in 1...4 { orders.append(try await service.buy(try await shop.cart()).value.id) }
            await expect("payment_declined") { try await service.buy(try await shop.cart(), token: "tok_declined") }
            try await calling(as: TestShop.staff, key: "cancel") {
                _ = try await service.cancel(orders[0], guestToken: nil)
            }
            try await calling(as: TestShop.staff, key: "refund") {
                _ = try await service.refund(orders[1], amount: nil, currency: nil, reason: "broken")
            }
            try await calling(as: TestShop.staff, key: "part") {
                _ = try await service.refund(orders[2], amount: 5, currency: nil, reason: "scratched")
            }
            #expect(try await check(service, shop) == "0")
            shop.time.advance(by: grace)
            #expect(try await check(service, shop) == "0")
            let all = try await payments(of: service).run(.everything)
            #expect(all.violations == 0)
        }
    }

    @Test func moneyWithoutAnOrderIsFoundAfterTheGracePeriod() async throws {
        try await withShop { shop in
            let service = shop.orders(metrics: metrics.factory)
            _ = try await service.buy(try await shop.cart())
            try await addPayment("ord_authorised", "authorised", to: shop)
            try await addPayment("ord_captured", "captured", to: shop)
            try await addPayment("ord_voided", "voided", to: shop)
            #expect(try await check(service, shop) == "0")
            shop.time.advance(by: grace)
            #expect(try await check(service, shop) == "2")
            let finding = try await payments(of: service).run(.everything)
            #expect(finding.ids == ["ord_authorised", "ord_captured"])
            try await change(
                shop.paymentsDatabase, "UPDATE test_payments SET state = 'voided' WHERE key = 'ord_authorised'")
            #expect(try await check(service, shop) == "1")
            try await change(
                shop.paymentsDatabase, "UPDATE test_payments SET refunded = 500 WHERE key = 'ord_captured'")
            #expect(try await check(service, shop) == "0")
        }
    }

    @Test func aLostOrderIsFound() async throws {
        try await withShop { shop in
            let service = shop.orders(metrics: metrics.factory)
            let order = try await service.buy(try await shop.cart()).value.id
            try await change(shop.ordersDatabase, "DELETE FROM order_lines WHERE order_id = \(order)")
            try await change(shop.ordersDatabase, "DELETE FROM orders WHERE id = \(order)")
            shop.time.advance(by: grace)
            #expect(try await check(service, shop) == "1")
            try await change(shop.paymentsDatabase, "UPDATE test_payments SET refunded = captured")
            #expect(try await check(service, shop) == "0")
        }
    }

    /// Long after the payment itself was compared.
    @Test func aCancelledOrderMustGiveItsMoneyBack() async throws {
        try await withShop { shop in
            let service = shop.orders(metrics: metrics.factory)
            let order = try await service.buy(try await shop.cart()).value.id
            shop.time.advance(by: grace)
            #expect(try await check(service, shop) == "0")
            shop.time.advance(by: .seconds(86_400))
            let now = shop.time.clock.now()
            try await change(
                shop.ordersDatabase, "UPDATE orders SET status = 'cancelled', updated_at = \(now) WHERE id = \(order)")
            #expect(try await check(service, shop) == "0")
            shop.time.advance(by: grace)
            #expect(try await check(service, shop) == "1")
            #expect(try await payments(of: service).run(.everything).ids == [order.rawValue])
            try await change(shop.paymentsDatabase, "UPDATE test_payments SET refunded = captured")
            #expect(try await check(service, shop) == "0")
        }
    }

    @Test func aProviderThatDoesNotAnswerLeavesNoNumber() async throws {
        try await withShop { shop in
            let isUnavailable = Recorder<Bool>()
            let service = shop.orders(
                metrics: metrics.factory,
                before: { _ in
                    if isUnavailable.values.last == true { throw ServiceError.unavailable("test") }
                })
            try await addPayment("ord_lost", "captured", to: shop)
            shop.time.advance(by: grace)
            #expect(try await check(service, shop) == "1")
            isUnavailable.note(true)
            await expect("unavailable") { try await check(service, shop) }
            #expect(violations == "NaN")
            isUnavailable.note(false)
            #expect(try await check(service, shop) == "1")
        }
    }

    @Test func oneProcessAtATimeAsksTheProvider() async throws {
        try await withShop { shop in
            let calls = Recorder<String>()
            let first = shop.orders(metrics: metrics.factory, before: { calls.note($0) })
            let second = shop.orders(metrics: metrics.factory, before: { calls.note($0) })
            try await addPayment("ord_lost", "captured", to: shop)
            shop.time.advance(by: grace)
            for (service, isNew) in [(first, true), (second, false)] {
                let finding = try await payments(of: service).run()
                #expect(finding == CorrectnessCheck.Finding(violations: 1, ids: ["ord_lost"], isNew: isNew))
            }
            #expect(calls.values == ["payments"])
        }
    }

    /// More payments than one call lists.
    @Test func aLongListIsComparedPageByPage() async throws {
        try await withShop { shop in
            let service = shop.orders(metrics: metrics.factory)
            let now = shop.time.clock.now()
            try await shop.paymentsDatabase.write { tx in
                let rows: [[SQLValue]] = (1_000..<3_300).map { number in
                    [
                        .text("ord_\(number)"), .text("ord_\(number)"), .text("authorised"), .integer(100),
                        .text("USD"),
                        now.sqlValue,
                    ]
                }
                try tx.execute(rows: rows) {
                    """
                    INSERT INTO test_payments (key, order_id, state, amount, currency, created_at)
                    VALUES \(rows: $0)
                    """
                }
            }
            shop.time.advance(by: grace)
            // Four pages of 500 each time.
            #expect(try await check(service, shop) == "2000")
            #expect(try await check(service, shop) == "2300")
        }
    }
}
