import Commerce
import OfferContract
import OrderContract
import OrderService
import ServiceKit
import TestSupport
import Testing

/// What is counted, and what is not: a repeated request, a failed attempt.
@Suite struct OrderMetricsTests {
    private let metrics = RecordedMetrics(OrderMetrics.all)

    private func value(_ name: String, _ labels: [String: String] = [:]) -> String? {
        metrics.value(name, labels, of: "order-service")
    }

    private func steps(_ step: String, _ outcome: String) -> String? {
        value("magpie_saga_steps_total", ["step": step, "outcome": outcome])
    }

    private func payments(_ operation: String, _ result: String) -> String? {
        value("magpie_payments_total", ["provider": "test", "operation": operation, "result": result])
    }

    @Test func anOrderCountsOnceWithItsPaymentAndSteps() async throws {
        try await withShop { shop in
            let service = shop.orders(metrics: metrics.factory)
            #expect(value("magpie_orders_placed_total", ["currency": "USD"]) == nil)
            let cart = try await shop.cart()
            let order = try await service.buy(cart).value
            #expect(try await service.buy(cart).replayed)
            #expect(value("magpie_orders_placed_total", ["currency": "USD"]) == "1")
            let total = String(order.totals.total.amount)
            #expect(value("magpie_orders_revenue_minor_units_total", ["currency": "USD"]) == total)
            for operation in ["authorise", "capture"] {
                #expect(payments(operation, "succeeded") == "1")
            }
            let all = [
                "lock_cart", "price_order", "reserve_stock", "authorise_payment", "confirm_order", "commit_stock",
                "complete_cart", "capture_payment",
            ]
            for step in all {
                #expect(steps(step, "done") == "1", "\(step)")
            }
        }
    }

    @Test func aDeclinedPaymentPlacesNoOrder() async throws {
        try await withShop { shop in
            let service = shop.orders(metrics: metrics.factory)
            let cart = try await shop.cart()
            await expect("payment_declined") { try await service.buy(cart, token: "tok_declined") }
            #expect(value("magpie_orders_placed_total", ["currency": "USD"]) == nil)
            #expect(payments("authorise", "declined") == "1")
            #expect(value("magpie_payments_refused_total", ["reason": "declined"]) == "1")
            #expect(steps("authorise_payment", "refused") == "1")
            #expect(steps("reserve_stock", "undone") == "1")
            #expect(steps("lock_cart", "undone") == "1")
        }
    }

    @Test func missingStockRefusesAStep() async throws {
        try await withShop(stock: 2) { shop in
            let service = shop.orders(metrics: metrics.factory)
            let (first, second) = (try await shop.cart(2), try await shop.cart(2))
            _ = try await service.buy(first)
            await expect("out_of_stock") { try await service.buy(second) }
            #expect(steps("reserve_stock", "refused") == "1")
            #expect(value("magpie_orders_placed_total", ["currency": "USD"]) == "1")
        }
    }

    @Test func aRefundAndACancellationCountOnce() async throws {
        try await withShop { shop in
            let service = shop.orders(metrics: metrics.factory)
            let order = try await service.buy(try await shop.cart()).value
            for _ in 1...2 {
                _ = try await calling(as: TestShop.staff, key: "refund") {
                    try await service.refund(order.id, amount: 100, currency: nil, reason: "scratched")
                }
            }
            #expect(payments("refund", "succeeded") == "1")
            #expect(steps("refund_order", "done") == "1")
            for _ in 1...2 {
                _ = try await calling(as: TestShop.staff, key: "cancel") {
                    try await service.cancel(order.id, guestToken: nil)
                }
            }
            #expect(payments("refund", "succeeded") == "2")
            #expect(steps("cancel_order", "done") == "1")
        }
    }

    @Test func anUnknownOutcomeIsCountedAndTheAttemptIsUnfinished() async throws {
        try await withShop { shop in
            let service = shop.orders(metrics: metrics.factory, before: { _ in throw ServiceError.unavailable("test") })
            let cart = try await shop.cart()
            await expect("unavailable") { try await service.buy(cart) }
            #expect(payments("authorise", "unknown") == "1")
            shop.time.advance(by: .seconds(90))
            try await service.measureSagas()
            #expect(value("magpie_saga_unfinished") == "1")
            #expect(value("magpie_saga_oldest_unfinished_age_seconds") == "90")
            try await shop.recover()
            try await service.measureSagas()
            #expect(value("magpie_saga_unfinished") == "0")
        }
    }
}
