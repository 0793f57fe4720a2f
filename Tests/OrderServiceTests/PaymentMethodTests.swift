import CartContract
import Commerce
import OrderContract
import OrderService
import ProductContract
import SQL
import ServiceKit
import TestSupport
import Testing

/// Checkout with and without an offered payment method.
@Suite struct PaymentMethodTests {
    @Test func checkoutOffersTheTestProviderWithItsTokens() async throws {
        try await withShop { shop in
            let method = try #require(try await shop.orders().paymentMethods().first)
            #expect(method.provider == "test" && method.kind == .test)
            #expect(
                Set(method.choices.map(\.token)) == [
                    "tok_success", "tok_declined", "tok_insufficient_funds", "tok_requires_action",
                    "tok_timeout_then_success",
                ])
            await expect("invalid_request") {
                try await calling(key: "k") {
                    try await shop.orders().place(
                        try await shop.cart(), payment: PaymentInstruction(provider: "other", token: "t"))
                }
            }
        }
    }

    @Test(arguments: ["test", "other"]) func withoutAMethodNothingChanges(provider: String) async throws {
        try await withShop { shop in
            let service = shop.orders(offeringTestPayments: false)
            #expect(try await service.paymentMethods().isEmpty)
            let cart = try await shop.cart(2)
            let refusal = await refusal {
                try await calling(key: "k") {
                    try await service.place(cart, payment: PaymentInstruction(provider: provider, token: "tok_success"))
                }
            }
            #expect(refusal?.code == "no_payment_method" && refusal?.kind == .conflict)
            let attempts = try await shop.ordersDatabase.read { tx in try tx.query("SELECT * FROM checkouts").count }
            #expect(attempts == 0)
            #expect(try await shop.stock()?.reserved == 0)
            // The cart is not locked, and the key may be used again.
            _ = try await shop.carts.addLine(to: cart, variant: shop.variant, quantity: 1)
            _ = try await shop.carts.cart(cart)
            #expect(try await shop.orders().buy(cart, key: "k").value.status == .confirmed)
        }
    }

    /// The service was stopped during a checkout and is started again without test payments.
    @Test(arguments: [
        ("checkout.confirmOrder.before", Order.PaymentStatus?.none), ("checkout.capturePayment.before", .captured),
    ])
    func anInterruptedCheckoutIsFinishedOrUndone(point: String, expected: Order.PaymentStatus?) async throws {
        try await withShop { shop in
            let cart = try await shop.cart(2)
            await expect("SimulatedCrash()") { try await shop.orders(faults: .crashing(at: point)).buy(cart) }
            shop.time.advance(by: .seconds(120))
            let later = shop.orders(offeringTestPayments: false)
            #expect(try await later.reconcileOnce() == 1)
            #expect(try await shop.allOrders().first?.paymentStatus == expected)
            #expect(try await shop.money().authorised == 0)
            // The same request returns its order, or is refused because no new payment may begin.
            await expect(expected == nil ? "no_payment_method" : nil) { try await later.buy(cart) }
        }
    }

    @Test func earlierPaymentsAreCancelledAndRefunded() async throws {
        try await withShop { shop in
            let first = try await shop.orders().buy(try await shop.cart()).value
            let second = try await shop.orders().buy(try await shop.cart()).value
            let later = shop.orders(offeringTestPayments: false)
            let cancelled = try await calling { try await later.cancel(first.id, guestToken: first.guestToken).value }
            #expect(cancelled.status == .cancelled && cancelled.paymentStatus == .refunded)
            let refunded = try await calling(as: TestShop.staff, key: "refund") {
                try await later.refund(second.id, amount: nil, currency: nil, reason: "test").value
            }
            #expect(refunded.status == .refunded)
            let money = try await shop.money()
            #expect(money.captured == money.refunded && money.captured > 0)
        }
    }
}
