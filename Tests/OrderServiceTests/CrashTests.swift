import Calls
import CartContract
import Commerce
import OfferContract
import OrderContract
import OrderService
import ProductContract
import TestSupport
import Testing

/// The process dies at every point there is; afterwards stock, money and orders must tell the same story.
@Suite struct CrashTests {
    static let checkoutPoints = FaultPoints.names.filter { $0.hasPrefix("checkout.") }
    static let taskPoints = FaultPoints.names.filter { !$0.hasPrefix("checkout.") }

    private func dying(at point: String) -> FaultPoints {
        FaultPoints { name in
            if name == point { throw SimulatedCrash() }
        }
    }

    /// The successor of a dead process: its lease is long over, so one round puts everything right.
    private func recover(_ shop: TestShop) async throws {
        for _ in 0..<3 {
            shop.time.advance(by: .seconds(120))
            try await shop.orders().reconcileOnce()
        }
        #expect(try await shop.orders().reconcileOnce() == 0)
    }

    private func expectAgreement(_ shop: TestShop, pieces: Int) async throws {
        let orders = try await shop.allOrders()
        let sold = orders.filter { $0.status != .cancelled }
        let money = try await shop.money()
        #expect(money.held == 0)
        #expect(
            money.taken - money.returned == sold.reduce(0) { $0 + $1.totals.total.amount - $1.refundedTotal.amount })
        let stock = try await shop.stock()
        #expect(stock?.reserved == 0 && stock?.onHand == 10 - pieces * sold.count)
        #expect(sold.allSatisfy { $0.paymentStatus == .captured || $0.paymentStatus == .refunded })
    }

    @Test(arguments: checkoutPoints, ["tok_success", "tok_declined"])
    func aCheckoutSurvivesACrash(point: String, token: String) async throws {
        try await withShop { shop in
            let cart = try await shop.cart(2)
            let order = try? await shop.orders(faults: dying(at: point)).buy(cart, token: token, key: "k").value
            try await recover(shop)
            try await expectAgreement(shop, pieces: 2)
            if let order { #expect(try await shop.allOrders().map(\.id) == [order.id]) }
            // The customer tries again with the same request: there is one order then, whatever was before.
            if token == "tok_success" {
                _ = try await shop.orders().buy(cart, token: token, key: "k")
                #expect(try await shop.allOrders().count == 1)
                await expect("cart_completed") {
                    try await shop.carts.addLine(to: cart, variant: shop.variant, quantity: 1)
                }
            } else {
                await expect("payment_declined") { try await shop.orders().buy(cart, token: token, key: "k") }
                await expect(nil) { try await shop.carts.addLine(to: cart, variant: shop.variant, quantity: 1) }
            }
            try await expectAgreement(shop, pieces: 2)
        }
    }

    @Test(arguments: checkoutPoints)
    func theCustomersOwnRetryTakesOver(point: String) async throws {
        try await withShop { shop in
            let cart = try await shop.cart(2)
            _ = try? await shop.orders(faults: dying(at: point)).buy(cart, key: "k").value
            shop.time.advance(by: .seconds(120))
            #expect(try await shop.orders().buy(cart, key: "k").value.status == .confirmed)
            try await recover(shop)
            #expect(try await shop.allOrders().count == 1)
            try await expectAgreement(shop, pieces: 2)
        }
    }

    @Test(
        arguments: taskPoints.filter { $0.hasPrefix("cancel.") },
        ["checkout.capturePayment.before", "checkout.commitStock.before", ""])
    func aCancellationSurvivesACrash(point: String, checkoutPoint: String) async throws {
        try await withShop { shop in
            let cart = try await shop.cart(2)
            _ = try? await shop.orders(faults: dying(at: checkoutPoint)).buy(cart)
            guard let order = try await shop.allOrders().first else { throw SimulatedCrash() }
            func cancel(_ faults: FaultPoints = .none) async throws {
                _ = try await calling(as: TestShop.staff) {
                    try await shop.orders(faults: faults).cancel(order.id, guestToken: nil)
                }
            }
            try? await cancel(dying(at: point))
            try await recover(shop)
            try await expectAgreement(shop, pieces: 2)
            try await cancel()
            try await recover(shop)
            try await expectAgreement(shop, pieces: 2)
            #expect(try await shop.allOrders().map(\.status) == [.cancelled])
            #expect(try await shop.stock()?.onHand == 10)
        }
    }

    @Test(arguments: taskPoints.filter { $0.hasPrefix("refund.") })
    func aRefundSurvivesACrash(point: String) async throws {
        try await withShop { shop in
            let order = try await shop.orders().buy(try await shop.cart()).value
            func refund(_ faults: FaultPoints = .none) async throws -> Outcome<Order> {
                try await calling(as: TestShop.staff, key: "r") {
                    try await shop.orders(faults: faults).refund(order.id, amount: 500, reason: "late")
                }
            }
            _ = try? await refund(dying(at: point))
            try await recover(shop)
            let again = try await refund().value
            #expect(again.refundedTotal.amount == 500)
            #expect(try await shop.money().returned == 500)
            try await expectAgreement(shop, pieces: 1)
        }
    }
}
