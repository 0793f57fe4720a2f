import Calls
import CartContract
import Commerce
import OfferContract
import OrderContract
import OrderService
import ProductContract
import TestSupport
import Testing

@Suite struct OrderCareTests {
    @Test func onlyWhoMaySeesAnOrder() async throws {
        try await withShop { shop in
            let orders = shop.orders()
            let ada = Principal.customer(CustomerID())
            let cart = try await calling(as: ada) { try await shop.cart() }
            let order = try await orders.buy(cart, as: ada).value
            #expect(order.guestToken == nil)
            #expect(try await calling(as: ada) { try await orders.order(order.id, guestToken: nil) }.id == order.id)
            #expect(try await calling(as: TestShop.staff) { try await orders.order(order.id, guestToken: nil) }.id == order.id)
            for principal in [Principal.anonymous, .customer(CustomerID())] {
                let seen = await code { try await calling(as: principal) { try await orders.order(order.id, guestToken: "x") } }
                #expect(seen == "order_not_found")
            }
            let guest = try await orders.buy(try await shop.cart()).value
            #expect(await code { try await orders.order(guest.id, guestToken: "0") } == "order_not_found")
            #expect(try await orders.order(guest.id, guestToken: guest.guestToken).id == guest.id)
            #expect(try await calling(as: ada) { try await orders.myOrders(cursor: nil, limit: 10) }.items.map(\.id) == [order.id])
            #expect(await code { try await orders.myOrders(cursor: nil, limit: 10) } == "unauthenticated")
        }
    }

    @Test func listsGoBackInTime() async throws {
        try await withShop { shop in
            let orders = shop.orders()
            var numbers: [String] = []
            for _ in 0..<5 {
                shop.time.advance(by: .seconds(1))
                numbers.append(try await orders.buy(try await shop.cart()).value.number)
            }
            var query = OrderQuery()
            query.limit = 2
            var seen: [String] = []
            repeat {
                let page = try await calling(as: TestShop.staff) { [query] in try await orders.orders(query) }
                seen += page.items.map(\.number)
                query.cursor = page.nextCursor
            } while query.cursor != nil
            #expect(seen == numbers.reversed())
        }
    }

    @Test func cancellingGivesStockAndMoneyBackOnce() async throws {
        try await withShop { shop in
            let orders = shop.orders()
            let order = try await orders.buy(try await shop.cart(4)).value
            #expect(await code { try await orders.cancel(order.id, guestToken: nil) } == "order_not_found")
            let cancelled = try await orders.cancel(order.id, guestToken: order.guestToken).value
            #expect(cancelled.status == .cancelled && cancelled.paymentStatus == .refunded)
            #expect(cancelled.refundedTotal == order.totals.total)
            let again = try await orders.cancel(order.id, guestToken: order.guestToken).value
            #expect(again == cancelled)
            let stock = try await shop.stock()
            #expect(stock?.onHand == 10 && stock?.reserved == 0)
            #expect(try await shop.money().returned == order.totals.total.amount)
            #expect(try await shop.events().suffix(2) == ["OrderCancelled", "PaymentChanged refunded"])
            let fulfilled = await code { try await calling(as: TestShop.staff) { try await orders.fulfil(order.id, tracking: nil) } }
            #expect(fulfilled == "order_not_fulfillable")
        }
    }

    @Test func aSentOrderIsNotCancelled() async throws {
        try await withShop { shop in
            let orders = shop.orders()
            let order = try await orders.buy(try await shop.cart()).value
            let sent = try await calling(as: TestShop.staff) { try await orders.fulfil(order.id, tracking: "1Z") }.value
            #expect(sent.status == .fulfilled && sent.tracking == "1Z")
            #expect(await code { try await orders.cancel(order.id, guestToken: order.guestToken) } == "order_not_cancellable")
        }
    }

    @Test func refundsNeverGiveBackMoreThanWasPaid() async throws {
        try await withShop { shop in
            let orders = shop.orders()
            let order = try await orders.buy(try await shop.cart()).value
            let total = order.totals.total.amount
            let outcomes = await withTaskGroup(of: String.self) { group in
                for index in 0..<8 {
                    group.addTask {
                        await code {
                            try await calling(as: TestShop.staff, key: "refund-\(index)") {
                                try await orders.refund(order.id, amount: total / 3, reason: "scratched")
                            }
                        } ?? "refunded"
                    }
                }
                return await group.reduce(into: [String: Int]()) { $0[$1, default: 0] += 1 }
            }
            #expect(outcomes == ["refunded": 3, "refund_too_large": 5])
            #expect(try await shop.money().returned == total / 3 * 3)
            let rest = await code {
                try await calling(as: TestShop.staff, key: "rest") {
                    try await orders.refund(order.id, amount: nil, reason: "all of it")
                }
            }
            #expect(rest == (total % 3 == 0 ? "order_not_refundable" : nil))
            let read = try await calling(as: TestShop.staff) { try await orders.order(order.id, guestToken: nil) }
            #expect(read.status == .refunded && read.paymentStatus == .refunded && read.refundedTotal == order.totals.total)
        }
    }

    @Test func aRepeatedRefundIsOneRefund() async throws {
        try await withShop { shop in
            let orders = shop.orders()
            let order = try await orders.buy(try await shop.cart()).value
            let first = try await calling(as: TestShop.staff, key: "r") {
                try await orders.refund(order.id, amount: 100, reason: "late")
            }
            let again = try await calling(as: TestShop.staff, key: "r") {
                try await orders.refund(order.id, amount: 100, reason: "late")
            }
            #expect(again.replayed && again.value == first.value)
            #expect(try await shop.money().returned == 100)
            let keyless = await code {
                try await calling(as: TestShop.staff) { try await orders.refund(order.id, amount: 1, reason: "x") }
            }
            #expect(keyless == "idempotency_key_required")
        }
    }
}
