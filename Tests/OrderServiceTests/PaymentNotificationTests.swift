import CartContract
import Commerce
import OfferContract
import OrderContract
import OrderService
import ServiceKit
import TestSupport
import Testing

/// Notifications of a provider start postponed work, and decide nothing themselves.
@Suite struct PaymentNotificationTests {
    @Test func aNotificationContinuesAPostponedCheckoutOnce() async throws {
        try await withShop { shop in
            let order = try await Self.unsettled(in: shop)
            let service = shop.orders()
            #expect(try await service.reconcileOnce() == 0)
            for _ in 0..<2 { try await Self.notify(service, of: order.id.rawValue) }
            #expect(try await Self.payment(of: order, in: shop) == .captured)
            #expect(try await shop.money().captured == order.totals.total.amount)
            let captures = try await shop.events().filter { $0.hasSuffix("captured") }
            #expect(captures.count == 1)
        }
    }

    @Test func aNotificationContinuesAPostponedCancellation() async throws {
        try await withShop { shop in
            let order = try await shop.orders().buy(try await shop.cart()).value
            let failing = shop.orders(before: { if $0 == "refund" { throw ServiceError.unavailable("The bank") } })
            _ = try await calling { try await failing.cancel(order.id, guestToken: order.guestToken) }
            #expect(try await Self.payment(of: order, in: shop) == .captured)
            for _ in 0..<2 { try await Self.notify(shop.orders(), of: order.id.rawValue) }
            #expect(try await Self.payment(of: order, in: shop) == .refunded)
            #expect(try await shop.money().refunded == order.totals.total.amount)
        }
    }

    @Test func aForgedNotificationIsRefused() async throws {
        try await withShop { shop in
            let order = try await Self.unsettled(in: shop)
            let error = await refusal {
                try await Self.notify(shop.orders(), of: order.id.rawValue, signature: "forged")
            }
            #expect(error?.code == "invalid_notification" && error?.kind == .unreadable)
            #expect(try await Self.payment(of: order, in: shop) == .authorized)
        }
    }

    @Test(arguments: ["", "nonsense", OrderID().rawValue]) func anUnknownPaymentChangesNothing(key: String) async throws
    {
        try await withShop { shop in
            let order = try await Self.unsettled(in: shop)
            try await Self.notify(shop.orders(), of: key)
            #expect(try await Self.payment(of: order, in: shop) == .authorized)
        }
    }

    /// The notification arrives while the payment is captured: the checkout goes on by itself.
    @Test func aRunningCheckoutIsLeftAlone() async throws {
        try await withShop { shop in
            let calls = Recorder<String>()
            let service = shop.orders(before: { call in
                calls.note(call)
                guard call == "capture" else { return }
                let order = try #require(try await shop.allOrders().first)
                try await Self.notify(shop.orders(before: { calls.note($0) }), of: order.id.rawValue)
            })
            let order = try await service.buy(try await shop.cart()).value
            #expect(order.paymentStatus == .captured)
            #expect(calls.values == ["authorise", "capture"])
        }
    }

    /// The test provider sends none.
    @Test(arguments: ["test", "other"]) func withoutNotificationsThereIsNoWebhook(provider: String) async throws {
        try await withShop { shop in
            let error = await refusal {
                try await calling {
                    try await shop.orders().paymentNotification(provider: provider, headers: [:], body: [])
                }
            }
            #expect(error?.code == "not_found" && error?.kind == .notFound)
        }
    }

    /// A confirmed order whose capture had no response.
    private static func unsettled(in shop: TestShop) async throws -> Order {
        let failing = shop.orders(before: { if $0 == "capture" { throw ServiceError.unavailable("The bank") } })
        let order = try await failing.buy(try await shop.cart()).value
        #expect(order.paymentStatus == .authorized)
        return order
    }

    private static func notify(
        _ orders: OrderService, of key: String, signature: String = InterruptedProvider.signature
    ) async throws {
        try await calling {
            try await orders.paymentNotification(
                provider: "test", headers: ["x-signature": signature], body: Array(key.utf8))
        }
    }

    private static func payment(of order: Order, in shop: TestShop) async throws -> Order.PaymentStatus {
        try await calling(as: TestShop.staff) {
            try await shop.orders().order(order.id, guestToken: nil).paymentStatus
        }
    }
}
