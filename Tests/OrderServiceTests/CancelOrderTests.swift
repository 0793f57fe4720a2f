import CartContract
import Commerce
import OfferContract
import OrderContract
import OrderService
import ProductContract
import ServiceKit
import TestSupport
import Testing

/// What a cancellation returns, and what it refuses.
@Suite struct CancelOrderTests {
    @Test func aCancellationReturnsStockAndPaymentOnce() async throws {
        try await withShop { shop in
            let orders = shop.orders()
            let order = try await orders.buy(try await shop.cart(4)).value
            await expect("order_not_found") { try await orders.cancel(order.id, guestToken: nil) }
            let cancelled = try await orders.cancel(order.id, guestToken: order.guestToken).value
            #expect(cancelled.status == .cancelled && cancelled.paymentStatus == .refunded)
            #expect(cancelled.refundedTotal == order.totals.total)
            let again = try await orders.cancel(order.id, guestToken: order.guestToken).value
            #expect(again == cancelled)
            let stock = try await shop.stock()
            #expect(stock?.onHand == 10 && stock?.reserved == 0)
            #expect(try await shop.money().refunded == order.totals.total.amount)
            #expect(try await shop.events().suffix(2) == ["OrderCancelled", "PaymentChanged refunded"])
            await expect("order_not_fulfillable") {
                try await calling(as: TestShop.staff) { try await orders.fulfil(order.id, tracking: nil) }
            }
        }
    }

    @Test func aCancellationRestoresCouponUsesOnce() async throws {
        try await withShop { shop in
            let orders = shop.orders()
            let ada = Principal.customer(CustomerID())
            func buy() async throws -> Order {
                let cart = try await shop.cart(email: "ada@example.com", coupon: "WELCOME10")
                return try await orders.buy(cart, as: ada).value
            }
            let first = try await buy()
            await expect("coupon_exhausted") { try await buy() }
            for _ in 0..<2 {
                _ = try await calling(as: ada) { try await orders.cancel(first.id, guestToken: nil) }
            }
            let second = try await buy()
            #expect(second.totals.discountTotal.amount > 0)
            await expect("coupon_exhausted") { try await buy() }
        }
    }

    @Test func aKeyCancelsOnlyOneOrder() async throws {
        try await withShop { shop in
            let orders = shop.orders()
            let order = try await orders.buy(try await shop.cart()).value
            let other = try await orders.buy(try await shop.cart()).value
            func cancel(_ id: OrderID, key: String?) async throws -> Outcome<Order> {
                try await calling(as: TestShop.staff, key: key, hash: "cancel \(id)") {
                    try await orders.cancel(id, guestToken: nil)
                }
            }
            _ = try await cancel(order.id, key: nil)
            #expect(try await !cancel(order.id, key: "late").replayed)
            #expect(try await cancel(order.id, key: "late").replayed)
            await expect("idempotency_key_reused") { try await cancel(other.id, key: "late") }
        }
    }

    @Test func aCancellationReportsEarlierRefunds() async throws {
        try await withShop { shop in
            let order = try await shop.orders().buy(try await shop.cart()).value
            let slow = shop.orders(after: { call in
                if call == "refund" {
                    _ = try? await shop.orders(before: { call in
                        if call == "refund" { throw ServiceError.deadlineExceeded }
                    }).cancel(order.id, guestToken: order.guestToken)
                }
            })
            _ = try await calling(as: TestShop.staff, key: "r") {
                try await slow.refund(order.id, amount: nil, currency: nil, reason: "late")
            }
            try await shop.recover()
            let total = order.totals.total.amount
            #expect(try await shop.money().refunded == total)
            let cancellations = try await shop.details(of: "OrderCancelled")
            #expect(cancellations.count == 1 && cancellations[0].contains("\(total)"), "\(cancellations)")
        }
    }

    @Test func aFulfilledOrderIsNotCancelled() async throws {
        try await withShop { shop in
            let orders = shop.orders()
            let order = try await orders.buy(try await shop.cart()).value
            let fulfilled = try await calling(as: TestShop.staff) { try await orders.fulfil(order.id, tracking: "1Z") }
                .value
            #expect(fulfilled.status == .fulfilled && fulfilled.tracking == "1Z")
            await expect("order_not_cancellable") { try await orders.cancel(order.id, guestToken: order.guestToken) }
        }
    }
}
