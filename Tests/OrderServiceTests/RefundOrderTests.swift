import CartContract
import Commerce
import OfferContract
import OrderContract
import OrderService
import ProductContract
import SQL
import ServiceKit
import TestSupport
import Testing

/// Refunds, their keys, and what a whole refund returns.
@Suite struct RefundOrderTests {
    @Test func anOrderWithAPendingWholeRefundIsNotFulfilled() async throws {
        try await withShop { shop in
            let orders = shop.orders()
            let order = try await orders.buy(try await shop.cart()).value
            let unavailable = shop.orders(before: { call in
                if call == "refund" { throw ServiceError.deadlineExceeded }
            })
            await expect("unavailable") {
                try await calling(as: TestShop.staff, key: "r") {
                    try await unavailable.refund(order.id, amount: nil, currency: nil, reason: "late")
                }
            }
            await expect("order_not_fulfillable") {
                try await calling(as: TestShop.staff) { try await orders.fulfil(order.id, tracking: nil) }
            }
        }
    }

    /// The stock is for sale again, and the coupon use is restored.
    @Test func aWholeRefundOfAnUnshippedOrderReturnsStockAndCoupons() async throws {
        try await withShop { shop in
            let orders = shop.orders()
            let ada = Principal.customer(CustomerID())
            func buy() async throws -> Order {
                try await orders.buy(try await shop.cart(3, email: "ada@example.com", coupon: "WELCOME10"), as: ada)
                    .value
            }
            func refund(_ order: Order, _ amount: Int64?, key: String) async throws -> Order {
                try await calling(as: TestShop.staff, key: key) {
                    try await orders.refund(order.id, amount: amount, currency: nil, reason: "never shipped")
                }.value
            }
            let first = try await buy()
            #expect(try await refund(first, 100, key: "a").status == .confirmed)
            #expect(try await shop.stock()?.onHand == 7)
            #expect(try await refund(first, nil, key: "b").status == .refunded)
            #expect(try await shop.stock()?.onHand == 10)
            let second = try await buy()
            #expect(second.totals.discountTotal.amount > 0)
            // The refund of a fulfilled order does not return stock.
            _ = try await calling(as: TestShop.staff) { try await orders.fulfil(second.id, tracking: nil) }
            #expect(try await refund(second, nil, key: "c").status == .refunded)
            #expect(try await shop.stock()?.onHand == 7)
            try await shop.recover()
            #expect(try await shop.stock()?.onHand == 7)
        }
    }

    @Test func aRefundSucceedsWhileTheCatalogueIsUnavailable() async throws {
        try await withShop { shop in
            let order = try await shop.orders().buy(try await shop.cart(3)).value
            let withoutCatalogue = shop.orders(
                faults: FaultPoints { point in
                    if point == "refund.stock.before" { throw ServiceError.unavailable("The catalogue") }
                })
            let refunded = try await calling(as: TestShop.staff, key: "r") {
                try await withoutCatalogue.refund(order.id, amount: nil, currency: nil, reason: "never shipped").value
            }
            #expect(refunded.status == .refunded)
            #expect(try await shop.money().refunded == order.totals.total.amount)
            #expect(try await shop.stock()?.onHand == 7)
            try await shop.recover()
            #expect(try await shop.stock()?.onHand == 10)
            #expect(try await shop.money().refunded == order.totals.total.amount)
        }
    }

    @Test func theKeyOfAPendingRefundIsTaken() async throws {
        try await withShop { shop in
            let order = try await shop.orders().buy(try await shop.cart()).value
            let unavailable = shop.orders(before: { call in
                if call == "refund" { throw ServiceError.deadlineExceeded }
            })
            await expect("unavailable") {
                try await calling(as: TestShop.staff, key: "k", hash: "refund") {
                    try await unavailable.refund(order.id, amount: 100, currency: nil, reason: "late")
                }
            }
            await expect("idempotency_key_reused") {
                try await calling(as: TestShop.staff, key: "k", hash: "cancel") {
                    try await shop.orders().cancel(order.id, guestToken: nil)
                }
            }
            try await shop.recover()
            #expect(try await shop.money().refunded == 100)
        }
    }

    @Test func theKeyOfARunningCheckoutIsTaken() async throws {
        try await withShop { shop in
            let order = try await shop.orders().buy(try await shop.cart()).value
            let cart = try await shop.cart()
            let refused = Recorder<String?>()
            let busy = shop.orders(before: { call in
                guard call == "authorise" else { return }
                let error = await refusal {
                    try await calling(as: TestShop.staff, key: "k", hash: "refund") {
                        try await shop.orders().refund(order.id, amount: 100, currency: nil, reason: "late")
                    }
                }
                refused.note(error?.code)
            })
            _ = try await calling(as: TestShop.staff, key: "k", hash: "checkout") {
                try await busy.place(cart, payment: PaymentInstruction(provider: "test", token: "tok_success"))
            }
            #expect(refused.values == ["idempotency_key_reused"])
            #expect(try await shop.money().refunded == 0)
        }
    }

    @Test func refundsNeverExceedTheCapturedAmount() async throws {
        try await withShop { shop in
            let orders = shop.orders()
            let order = try await orders.buy(try await shop.cart()).value
            let total = order.totals.total.amount
            let outcomes = await withTaskGroup(of: String.self) { group in
                for index in 0..<8 {
                    group.addTask {
                        await code {
                            try await calling(as: TestShop.staff, key: "refund-\(index)") {
                                try await orders.refund(order.id, amount: total / 3, currency: nil, reason: "scratched")
                            }
                        } ?? "refunded"
                    }
                }
                return await group.reduce(into: [String: Int]()) { $0[$1, default: 0] += 1 }
            }
            #expect(outcomes == ["refunded": 3, "refund_too_large": 5])
            #expect(try await shop.money().refunded == total / 3 * 3)
            await expect((total % 3 == 0 ? "order_not_refundable" : nil)) {
                try await calling(as: TestShop.staff, key: "rest") {
                    try await orders.refund(order.id, amount: nil, currency: nil, reason: "remainder")
                }
            }
            let read = try await calling(as: TestShop.staff) { try await orders.order(order.id, guestToken: nil) }
            #expect(
                read.status == .refunded && read.paymentStatus == .refunded && read.refundedTotal == order.totals.total)
        }
    }

    @Test func refundKeysExpireAfterTwoDays() async throws {
        try await withShop { shop in
            let orders = shop.orders()
            let order = try await orders.buy(try await shop.cart()).value
            func refund(_ amount: Int64) async throws -> Outcome<Order> {
                try await calling(as: TestShop.staff, key: "r", hash: "refund \(amount)") {
                    try await orders.refund(order.id, amount: amount, currency: nil, reason: "late")
                }
            }
            _ = try await refund(100)
            // The stored response has expired; the refund record still shows that the refund is done.
            try await shop.ordersDatabase.write { tx in
                _ = try tx.execute("DELETE FROM idempotency_keys WHERE key = 'r'")
            }
            #expect(try await refund(100).replayed)
            await expect("idempotency_key_reused") { try await refund(200) }
            shop.time.advance(by: .seconds(49 * 3_600))
            try await orders.deleteExpiredRecords()
            #expect(try await refund(200).value.refundedTotal.amount == 300)
        }
    }

    @Test func aRepeatedRefundHappensOnce() async throws {
        try await withShop { shop in
            let orders = shop.orders()
            let order = try await orders.buy(try await shop.cart()).value
            let first = try await calling(as: TestShop.staff, key: "r") {
                try await orders.refund(order.id, amount: 100, currency: nil, reason: "late")
            }
            let again = try await calling(as: TestShop.staff, key: "r") {
                try await orders.refund(order.id, amount: 100, currency: nil, reason: "late")
            }
            #expect(again.replayed && again.value == first.value)
            #expect(try await shop.money().refunded == 100)
            await expect("idempotency_key_required") {
                try await calling(as: TestShop.staff) {
                    try await orders.refund(order.id, amount: 1, currency: nil, reason: "x")
                }
            }
            // The refusal uses up no key.
            await expect("invalid_request") {
                try await calling(as: TestShop.staff, key: "s") {
                    try await orders.refund(order.id, amount: 1, currency: .kwd, reason: "x")
                }
            }
            let rest = try await calling(as: TestShop.staff, key: "s") {
                try await orders.refund(order.id, amount: 1, currency: order.totals.total.currency, reason: "x")
            }
            #expect(!rest.replayed && rest.value.refundedTotal.amount == 101)
        }
    }
}
