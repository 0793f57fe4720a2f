import CartContract
import Commerce
import OfferContract
import OrderContract
import OrderService
import ProductContract
import ServiceKit
import TestSupport
import Testing

/// Concurrent calls to one process, or to several processes on one database.
@Suite struct RaceTests {
    private typealias Call = @Sendable () async throws -> Void

    @Test func parallelBuyersShareTheLimitOfACoupon() async throws {
        try await withShop { shop in
            try await calling(as: TestShop.staff) {
                let rules = try await shop.offers.rules()
                    .replacing("\"usage_limit_per_customer\": 1", with: "\"usage_limit\": 2")
                try await shop.offers.replaceRules(rules)
            }
            var carts: [CartID] = []
            for buyer in 0..<8 {
                carts.append(try await shop.cart(email: "buyer\(buyer)@example.com", coupon: "WELCOME10"))
            }
            let outcomes = await Self.outcomes(carts.map { cart in { _ = try await shop.orders().buy(cart) } })
            #expect(outcomes == ["done": 2, "coupon_exhausted": 6])
            #expect(try await shop.stock()?.available == 8)
            #expect(try await shop.money().authorised == 0)
        }
    }

    @Test func parallelReconcilersFinishEachOrderOnce() async throws {
        try await withShop { shop in
            for _ in 0..<6 {
                let crashing = shop.orders(faults: .crashing(at: "checkout.commitStock.before"))
                _ = try? await crashing.buy(try await shop.cart())
            }
            for _ in 0..<2 {
                shop.time.advance(by: .seconds(120))
                _ = await Self.outcomes((0..<4).map { _ in { _ = try await shop.orders().reconcileOnce() } })
            }
            try await shop.recover()
            let orders = try await shop.allOrders()
            #expect(orders.count == 6 && orders.allSatisfy { $0.paymentStatus == .captured })
            #expect(try await shop.money().captured == orders.reduce(0) { $0 + $1.totals.total.amount })
            #expect(try await shop.stock()?.onHand == 4)
            #expect(try await shop.events().filter { $0 == "PaymentChanged captured" }.count == 6)
        }
    }

    @Test func parallelCancellationsAndRefundsReturnTheCapturedAmount() async throws {
        try await withShop { shop in
            let order = try await shop.orders().buy(try await shop.cart(2)).value
            let cancellations: [Call] = (0..<6).map { _ in
                { _ = try await shop.orders().cancel(order.id, guestToken: order.guestToken) }
            }
            let refunds: [Call] = (0..<6).map { number in
                {
                    _ = try await calling(as: TestShop.staff, key: "refund-\(number)") {
                        try await shop.orders().refund(order.id, amount: 500, currency: nil, reason: "late")
                    }
                }
            }
            _ = await Self.outcomes(cancellations + refunds)
            try await shop.recover()
            let money = try await shop.money()
            #expect(money.captured == order.totals.total.amount && money.refunded == money.captured)
            let stock = try await shop.stock()
            #expect(stock?.onHand == 10 && stock?.reserved == 0)
            #expect(try await shop.events().filter { $0 == "OrderCancelled" }.count == 1)
        }
    }

    @Test func parallelUseOfOneKeyForTwoOrdersIsRefusedForOne() async throws {
        try await withShop { shop in
            let ids = [
                try await shop.orders().buy(try await shop.cart()).value.id,
                try await shop.orders().buy(try await shop.cart()).value.id,
            ]
            let staff = TestShop.staff
            let outcomes = await Self.outcomes(
                ids.map { id in
                    {
                        _ = try await calling(as: staff, key: "k", hash: "cancel \(id)") {
                            try await shop.orders().cancel(id, guestToken: nil)
                        }
                    }
                })
            #expect(outcomes == ["done": 1, "idempotency_key_reused": 1])
        }
    }

    /// The provider accepts one of two contradictory calls, and its decision is final.
    @Test func aPaymentIsEitherCapturedOrVoided() async throws {
        try await withShop { shop in
            let provider = TestPaymentProvider(
                database: shop.paymentsDatabase, isOffered: true, clock: shop.time.clock)
            for number in 0..<10 {
                let request = AuthorisationRequest(
                    orderID: OrderID(), amount: Money(500, .usd), token: "tok_success", idempotencyKey: "both-\(number)"
                )
                let key = request.idempotencyKey
                _ = try await provider.authorise(request)
                let outcomes = await Self.outcomes([
                    { _ = try await provider.capture(key) }, { _ = try await provider.void(key) },
                ])
                #expect(outcomes["done"] == 1, "\(outcomes)")
            }
            for number in 0..<10 {
                let request = AuthorisationRequest(
                    orderID: OrderID(), amount: Money(500, .usd), token: "tok_success", idempotencyKey: "late-\(number)"
                )
                let key = request.idempotencyKey
                _ = await Self.outcomes([
                    { _ = try await provider.authorise(request) }, { _ = try await provider.void(key) },
                ])
                let payment = try await provider.status(of: key)
                #expect(payment?.state == .voided)
            }
            #expect(try await shop.money().authorised == 0)
        }
    }

    @Test func theProviderRefundsOnceAndNeverTooMuch() async throws {
        try await withShop { shop in
            let provider = TestPaymentProvider(
                database: shop.paymentsDatabase, isOffered: true, clock: shop.time.clock)
            _ = try await provider.authorise(
                AuthorisationRequest(
                    orderID: OrderID(), amount: Money(500, .usd), token: "tok_success", idempotencyKey: "k"))
            _ = try await provider.capture("k")
            let outcomes = await Self.outcomes(
                (0..<12).map { number in
                    { _ = try await provider.refund("k", amount: Money(200, .usd), refundKey: "r\(number % 4)") }
                })
            // Two of the four refunds are possible, and each is requested three times.
            #expect(outcomes["done"] == 6, "\(outcomes)")
            #expect(try await shop.money().refunded == 400)
        }
    }

    /// The number of concurrent calls for each result: an error code or `done`.
    private static func outcomes(_ calls: [Call]) async -> [String: Int] {
        await withTaskGroup(of: String.self) { tasks in
            for call in calls { tasks.addTask { await code(call) ?? "done" } }
            return await tasks.reduce(into: [:]) { $0[$1, default: 0] += 1 }
        }
    }
}
