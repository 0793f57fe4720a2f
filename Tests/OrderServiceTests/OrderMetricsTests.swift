import Commerce
import Observability
import OrderContract
import OrderService
import ServiceKit
import TestSupport
import Testing

/// What is counted, and what is not: a repeated request, a failed attempt.
@Suite struct OrderMetricsTests {
    private let registry = PrometheusRegistry()

    /// The value of a series of order-service, whose labels besides `service` are given in the order of their names;
    /// nil when there is none.
    private func value(_ name: String, _ labels: String = "") -> String? {
        let service = #"service="order-service""#
        // `service` comes before `step` only.
        let sorted = (labels.split(separator: ",").map(String.init) + [service]).sorted().joined(separator: ",")
        let prefix = "\(name){\(sorted)} "
        return registry.render().split(separator: "\n").first { $0.hasPrefix(prefix) }
            .map { String($0.dropFirst(prefix.count)) }
    }

    @Test func anOrderCountsOnceWithItsPaymentAndSteps() async throws {
        try await withShop { shop in
            let service = shop.orders(metrics: registry)
            #expect(value("magpie_orders_placed_total", #"currency="USD""#) == nil)
            let cart = try await shop.cart()
            let order = try await service.buy(cart).value
            #expect(try await service.buy(cart).replayed)
            #expect(value("magpie_orders_placed_total", #"currency="USD""#) == "1")
            let total = String(order.totals.total.amount)
            #expect(value("magpie_orders_revenue_minor_units_total", #"currency="USD""#) == total)
            for operation in ["authorise", "capture"] {
                let labels = #"operation="\#(operation)",provider="test",result="succeeded""#
                #expect(value("magpie_payments_total", labels) == "1")
            }
            let steps = [
                "lock_cart", "price_order", "reserve_stock", "authorise_payment", "confirm_order", "commit_stock",
                "complete_cart", "capture_payment",
            ]
            for step in steps {
                #expect(value("magpie_saga_steps_total", #"outcome="done",step="\#(step)""#) == "1", "\(step)")
            }
        }
    }

    @Test func aDeclinedPaymentPlacesNoOrder() async throws {
        try await withShop { shop in
            let service = shop.orders(metrics: registry)
            let cart = try await shop.cart()
            await expect("payment_declined") { try await service.buy(cart, token: "tok_declined") }
            #expect(value("magpie_orders_placed_total", #"currency="USD""#) == nil)
            let declined = #"operation="authorise",provider="test",result="declined""#
            #expect(value("magpie_payments_total", declined) == "1")
            #expect(value("magpie_payments_refused_total", #"reason="declined""#) == "1")
            #expect(value("magpie_saga_steps_total", #"outcome="refused",step="authorise_payment""#) == "1")
            #expect(value("magpie_saga_steps_total", #"outcome="undone",step="reserve_stock""#) == "1")
            #expect(value("magpie_saga_steps_total", #"outcome="undone",step="lock_cart""#) == "1")
        }
    }

    @Test func missingStockRefusesAStep() async throws {
        try await withShop(stock: 2) { shop in
            let service = shop.orders(metrics: registry)
            let (first, second) = (try await shop.cart(2), try await shop.cart(2))
            _ = try await service.buy(first)
            await expect("out_of_stock") { try await service.buy(second) }
            #expect(value("magpie_saga_steps_total", #"outcome="refused",step="reserve_stock""#) == "1")
            #expect(value("magpie_orders_placed_total", #"currency="USD""#) == "1")
        }
    }

    @Test func aRefundAndACancellationCountOnce() async throws {
        try await withShop { shop in
            let service = shop.orders(metrics: registry)
            let order = try await service.buy(try await shop.cart()).value
            for _ in 1...2 {
                _ = try await calling(as: TestShop.staff, key: "refund") {
                    try await service.refund(order.id, amount: 100, reason: "scratched")
                }
            }
            let refunded = #"operation="refund",provider="test",result="succeeded""#
            #expect(value("magpie_payments_total", refunded) == "1")
            #expect(value("magpie_saga_steps_total", #"outcome="done",step="refund_order""#) == "1")
            for _ in 1...2 {
                _ = try await calling(as: TestShop.staff, key: "cancel") {
                    try await service.cancel(order.id, guestToken: nil)
                }
            }
            #expect(value("magpie_payments_total", refunded) == "2")
            #expect(value("magpie_saga_steps_total", #"outcome="done",step="cancel_order""#) == "1")
        }
    }

    @Test func anUnknownOutcomeIsCountedAndTheAttemptIsUnfinished() async throws {
        try await withShop { shop in
            let service = shop.orders(metrics: registry, before: { _ in throw ServiceError.unavailable("test") })
            let cart = try await shop.cart()
            await expect("unavailable") { try await service.buy(cart) }
            let unknown = #"operation="authorise",provider="test",result="unknown""#
            #expect(value("magpie_payments_total", unknown) == "1")
            shop.time.advance(by: .seconds(90))
            try await service.measureSagas()
            #expect(value("magpie_saga_unfinished") == "1")
            #expect(registry.render().contains(#"{service="order-service"} 90"#))
            try await shop.recover()
            try await service.measureSagas()
            #expect(value("magpie_saga_unfinished") == "0")
        }
    }
}
