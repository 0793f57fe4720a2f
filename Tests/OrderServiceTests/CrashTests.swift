import CartContract
import Commerce
import OfferContract
import OrderContract
import OrderService
import ProductContract
import ServiceKit
import TestSupport
import Testing

/// Simulates a crash at every fault point. Afterwards stock, payments and orders must be consistent.
@Suite struct CrashTests {
    static let checkoutPoints = FaultPoints.ofOrders.filter { $0.hasPrefix("checkout.") }
    static let taskPoints = FaultPoints.ofOrders.filter { !$0.hasPrefix("checkout.") }

    /// A purchase that reaches a fault point, and its result without a crash.
    private struct Route {
        var token = "tok_success"
        var coupon: String?
        var deadline = Duration.seconds(5)
        var ending: String?

        init(to point: String) {
            if point.contains(".askPayment.") {
                (token, deadline) = ("tok_timeout_then_success", .seconds(2))
            } else if point.contains(".voidPayment.") {
                (coupon, ending) = ("WELCOME10", "coupon_exhausted")
            } else if [".releaseStock.", ".unlockCart.", ".fail."].contains(where: point.contains) {
                (token, ending) = ("tok_declined", "payment_declined")
            }
        }

        /// A cart of two units. The coupon has been used before.
        func cart(in shop: TestShop) async throws -> CartID {
            if let coupon { _ = try await shop.orders().buy(try await shop.cart(2, coupon: coupon)) }
            return try await shop.cart(2, coupon: coupon)
        }

        func buy(_ cart: CartID, in shop: TestShop, faults: FaultPoints = .none) async throws {
            _ = try await shop.orders(faults: faults, providerDeadline: deadline).buy(cart, token: token, key: "k")
        }
    }

    private static let crash = "SimulatedCrash()"

    private func expectConsistency(_ shop: TestShop, units: Int) async throws {
        let orders = try await shop.allOrders()
        let sold = orders.filter { $0.status != .cancelled }
        let money = try await shop.money()
        #expect(money.authorised == 0)
        #expect(
            money.captured - money.refunded == sold.reduce(0) { $0 + $1.totals.total.amount - $1.refundedTotal.amount })
        let stock = try await shop.stock()
        #expect(stock?.reserved == 0 && stock?.onHand == 10 - units * sold.count)
        #expect(sold.allSatisfy { $0.paymentStatus == .captured || $0.paymentStatus == .refunded })
    }

    /// Repeats the request of the customer: its result is the same as without a crash.
    private func expectEnding(_ route: Route, _ cart: CartID, after orders: Int, in shop: TestShop) async throws {
        await expect(route.ending) { try await route.buy(cart, in: shop) }
        try await shop.recover()
        #expect(try await shop.allOrders().count == orders + (route.ending == nil ? 1 : 0))
        await expect(route.ending == nil ? "cart_completed" : nil) {
            try await shop.carts.addLine(to: cart, variant: shop.variant, quantity: 1)
        }
        try await expectConsistency(shop, units: 2)
    }

    @Test(arguments: checkoutPoints)
    func aCheckoutSurvivesACrash(point: String) async throws {
        try await withShop { shop in
            let route = Route(to: point)
            let cart = try await route.cart(in: shop)
            let orders = try await shop.allOrders().count
            await expect(Self.crash) { try await route.buy(cart, in: shop, faults: .crashing(at: point)) }
            try await shop.recover()
            try await expectConsistency(shop, units: 2)
            try await expectEnding(route, cart, after: orders, in: shop)
        }
    }

    @Test(arguments: checkoutPoints)
    func aRetryOfTheCustomerTakesOver(point: String) async throws {
        try await withShop { shop in
            let route = Route(to: point)
            let cart = try await route.cart(in: shop)
            let orders = try await shop.allOrders().count
            await expect(Self.crash) { try await route.buy(cart, in: shop, faults: .crashing(at: point)) }
            shop.time.advance(by: .seconds(120))
            try await expectEnding(route, cart, after: orders, in: shop)
        }
    }

    /// The points where the checkout and the cancellation crash. Only a captured payment is refunded.
    static let cancellations: [(String?, String)] = {
        let points = taskPoints.filter { $0.hasPrefix("cancel.") }
        let withoutRefund = points.filter { !$0.contains(".refund") }
        return points.map { (nil, $0) } + withoutRefund.map { ("checkout.commitStock.before", $0) }
            + withoutRefund.map { ("checkout.capturePayment.before", $0) }
    }()

    @Test(arguments: cancellations)
    func aCancellationSurvivesACrash(checkoutPoint: String?, point: String) async throws {
        try await withShop { shop in
            let cart = try await shop.cart(2)
            await expect(checkoutPoint == nil ? nil : Self.crash) {
                try await shop.orders(faults: checkoutPoint.map(FaultPoints.crashing) ?? .none).buy(cart)
            }
            let order = try #require(try await shop.allOrders().first)
            func cancel(_ faults: FaultPoints = .none) async throws {
                _ = try await calling(as: TestShop.staff) {
                    try await shop.orders(faults: faults).cancel(order.id, guestToken: nil)
                }
            }
            await expect(Self.crash) { try await cancel(.crashing(at: point)) }
            try await shop.recover()
            try await expectConsistency(shop, units: 2)
            try await cancel()
            try await shop.recover()
            try await expectConsistency(shop, units: 2)
            #expect(try await shop.allOrders().map(\.status) == [.cancelled])
            #expect(try await shop.stock()?.onHand == 10)
            #expect(try await shop.details(of: "OrderCancelled").count == 1)
        }
    }

    @Test(arguments: taskPoints.filter { $0.hasPrefix("refund.") && !$0.hasPrefix("refund.stock") })
    func aRefundSurvivesACrash(point: String) async throws {
        try await withShop { shop in
            let order = try await shop.orders().buy(try await shop.cart()).value
            func refund(_ faults: FaultPoints = .none) async throws -> Outcome<Order> {
                try await calling(as: TestShop.staff, key: "r") {
                    try await shop.orders(faults: faults).refund(order.id, amount: 500, currency: nil, reason: "late")
                }
            }
            await expect(Self.crash) { try await refund(.crashing(at: point)) }
            try await shop.recover()
            let again = try await refund().value
            #expect(again.refundedTotal.amount == 500)
            #expect(try await shop.money().refunded == 500)
            try await expectConsistency(shop, units: 1)
        }
    }

    /// Stock that will not be shipped is returned.
    @Test(arguments: taskPoints.filter { $0.hasPrefix("refund.") })
    func aWholeRefundOfAnUnshippedOrderSurvivesACrash(point: String) async throws {
        try await withShop { shop in
            let order = try await shop.orders().buy(try await shop.cart(2)).value
            func refund(_ faults: FaultPoints = .none) async throws -> Outcome<Order> {
                try await calling(as: TestShop.staff, key: "r") {
                    try await shop.orders(faults: faults)
                        .refund(order.id, amount: nil, currency: nil, reason: "never shipped")
                }
            }
            await expect(Self.crash) { try await refund(.crashing(at: point)) }
            try await shop.recover()
            let again = try await refund().value
            #expect(again.status == .refunded && again.refundedTotal == order.totals.total)
            #expect(try await shop.stock()?.onHand == 10)
            #expect(try await shop.stock()?.reserved == 0)
            #expect(try await shop.money().refunded == order.totals.total.amount)
            try await shop.recover()
            #expect(try await shop.stock()?.onHand == 10)
        }
    }
}
