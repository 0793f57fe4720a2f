import CartContract
import Commerce
import Identity
import OfferContract
import OrderContract
import ProductContract
import SQL
import ServiceKit
import TestSupport
import Testing

@testable import OrderService

@Suite struct OrderCareTests {
    @Test func onlyWhoMaySeesAnOrder() async throws {
        try await withShop { shop in
            let orders = shop.orders()
            let ada = Principal.customer(CustomerID())
            let cart = try await calling(as: ada) { try await shop.cart() }
            let order = try await orders.buy(cart, as: ada).value
            #expect(order.guestToken == nil)
            for principal in [ada, TestShop.staff] {
                let seen = try await calling(as: principal) { try await orders.order(order.id, guestToken: nil) }
                #expect(seen.id == order.id)
            }
            for principal in [Principal.anonymous, .customer(CustomerID())] {
                await expect("order_not_found") {
                    try await calling(as: principal) { try await orders.order(order.id, guestToken: "x") }
                }
            }
            let guest = try await orders.buy(try await shop.cart()).value
            await expect("order_not_found") { try await orders.order(guest.id, guestToken: "0") }
            #expect(try await orders.order(guest.id, guestToken: guest.guestToken).id == guest.id)
            let mine = try await calling(as: ada) {
                try await orders.myOrders(page: PageRequest(cursor: nil, limit: 10))
            }
            #expect(mine.items.map(\.id) == [order.id] && mine.count == nil)
            let counted = try await calling(as: ada) {
                try await orders.myOrders(page: PageRequest(cursor: nil, limit: 10, wantsCount: true))
            }
            #expect(counted.count == 1)
            await expect("unauthenticated") { try await orders.myOrders(page: PageRequest(cursor: nil, limit: 10)) }
        }
    }

    @Test func aLinkOpensAGuestsOrderUntilItEnds() async throws {
        try await withShop { shop in
            let orders = shop.orders()
            let guest = try await orders.buy(try await shop.cart()).value
            let link = TestShop.links.token(
                for: guest.id.rawValue, until: shop.time.clock.now().advanced(by: .seconds(60)))
            #expect(try await orders.order(guest.id, guestToken: link).id == guest.id)
            let another = try await orders.buy(try await shop.cart()).value
            await expect("order_not_found") { try await orders.order(another.id, guestToken: link) }
            // A customer's order is the customer's alone.
            let ada = Principal.customer(CustomerID())
            let cart = try await calling(as: ada) { try await shop.cart() }
            let hers = try await orders.buy(cart, as: ada).value
            let forged = TestShop.links.token(
                for: hers.id.rawValue, until: shop.time.clock.now().advanced(by: .seconds(60)))
            await expect("order_not_found") { try await orders.order(hers.id, guestToken: forged) }
            shop.time.advance(by: .seconds(60))
            await expect("order_not_found") { try await orders.order(guest.id, guestToken: link) }
            #expect(try await orders.order(guest.id, guestToken: guest.guestToken).id == guest.id)
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
            query.page.limit = 2
            query.page.wantsCount = true
            var seen: [String] = []
            repeat {
                let page = try await calling(as: TestShop.staff) { [query] in try await orders.orders(query) }
                seen += page.items.map(\.number)
                #expect(page.count == 5)
                query.page.cursor = page.nextCursor
            } while query.page.cursor != nil
            #expect(seen == numbers.reversed())
        }
    }

    @Test func cancellingGivesStockAndMoneyBackOnce() async throws {
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
            #expect(try await shop.money().returned == order.totals.total.amount)
            #expect(try await shop.events().suffix(2) == ["OrderCancelled", "PaymentChanged refunded"])
            await expect("order_not_fulfillable") {
                try await calling(as: TestShop.staff) { try await orders.fulfil(order.id, tracking: nil) }
            }
        }
    }

    @Test func cancellingGivesCouponsBackOnce() async throws {
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

    @Test func aKeyCancelsOneOrderOnly() async throws {
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

    @Test func whatIsBeingGivenBackWholeIsNotSent() async throws {
        try await withShop { shop in
            let orders = shop.orders()
            let order = try await orders.buy(try await shop.cart()).value
            let silent = shop.orders(before: { call in
                if call == "refund" { throw ServiceError.deadlineExceeded }
            })
            await expect("unavailable") {
                try await calling(as: TestShop.staff, key: "r") {
                    try await silent.refund(order.id, amount: nil, reason: "late")
                }
            }
            await expect("order_not_fulfillable") {
                try await calling(as: TestShop.staff) { try await orders.fulfil(order.id, tracking: nil) }
            }
        }
    }

    /// Money back for goods that never left: they are for sale again, and the coupon counts no more.
    @Test func anUnsentOrderThatIsGivenBackWholeReturnsStockAndCoupons() async throws {
        try await withShop { shop in
            let orders = shop.orders()
            let ada = Principal.customer(CustomerID())
            func buy() async throws -> Order {
                try await orders.buy(try await shop.cart(3, email: "ada@example.com", coupon: "WELCOME10"), as: ada)
                    .value
            }
            func refund(_ order: Order, _ amount: Int64?, key: String) async throws -> Order {
                try await calling(as: TestShop.staff, key: key) {
                    try await orders.refund(order.id, amount: amount, reason: "never sent")
                }.value
            }
            let first = try await buy()
            #expect(try await refund(first, 100, key: "a").status == .confirmed)
            #expect(try await shop.stock()?.onHand == 7)
            #expect(try await refund(first, nil, key: "b").status == .refunded)
            #expect(try await shop.stock()?.onHand == 10)
            let second = try await buy()
            #expect(second.totals.discountTotal.amount > 0)
            // What was sent is gone, whoever has the money.
            _ = try await calling(as: TestShop.staff) { try await orders.fulfil(second.id, tracking: nil) }
            #expect(try await refund(second, nil, key: "c").status == .refunded)
            #expect(try await shop.stock()?.onHand == 7)
            try await shop.recover()
            #expect(try await shop.stock()?.onHand == 7)
        }
    }

    @Test func moneyIsGivenBackWhileTheCatalogueIsAway() async throws {
        try await withShop { shop in
            let order = try await shop.orders().buy(try await shop.cart(3)).value
            let alone = shop.orders(
                faults: FaultPoints { point in
                    if point == "refund.stock.before" { throw ServiceError.unavailable("The catalogue") }
                })
            let refunded = try await calling(as: TestShop.staff, key: "r") {
                try await alone.refund(order.id, amount: nil, reason: "never sent").value
            }
            #expect(refunded.status == .refunded)
            #expect(try await shop.money().returned == order.totals.total.amount)
            #expect(try await shop.stock()?.onHand == 7)
            try await shop.recover()
            #expect(try await shop.stock()?.onHand == 10)
            #expect(try await shop.money().returned == order.totals.total.amount)
        }
    }

    @Test func theKeyOfARefundThatWaitsIsTaken() async throws {
        try await withShop { shop in
            let order = try await shop.orders().buy(try await shop.cart()).value
            let silent = shop.orders(before: { call in
                if call == "refund" { throw ServiceError.deadlineExceeded }
            })
            await expect("unavailable") {
                try await calling(as: TestShop.staff, key: "k", hash: "refund") {
                    try await silent.refund(order.id, amount: 100, reason: "late")
                }
            }
            await expect("idempotency_key_reused") {
                try await calling(as: TestShop.staff, key: "k", hash: "cancel") {
                    try await shop.orders().cancel(order.id, guestToken: nil)
                }
            }
            try await shop.recover()
            #expect(try await shop.money().returned == 100)
        }
    }

    @Test func theKeyOfACheckoutThatRunsIsTaken() async throws {
        try await withShop { shop in
            let order = try await shop.orders().buy(try await shop.cart()).value
            let cart = try await shop.cart()
            let refused = Recorder<String?>()
            let busy = shop.orders(before: { call in
                guard call == "authorise" else { return }
                let error = await serviceError {
                    try await calling(as: TestShop.staff, key: "k", hash: "refund") {
                        try await shop.orders().refund(order.id, amount: 100, reason: "late")
                    }
                }
                refused.note(error?.code)
            })
            _ = try await calling(as: TestShop.staff, key: "k", hash: "checkout") {
                try await busy.place(cart, payment: PaymentInstruction(provider: "test", token: "tok_success"))
            }
            #expect(refused.values == ["idempotency_key_reused"])
            #expect(try await shop.money().returned == 0)
        }
    }

    @Test func aCancellationTellsOfMoneyThatWasReturnedBefore() async throws {
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
                try await slow.refund(order.id, amount: nil, reason: "late")
            }
            try await shop.recover()
            let total = order.totals.total.amount
            #expect(try await shop.money().returned == total)
            let told = try await shop.details(of: "OrderCancelled")
            #expect(told.count == 1 && told[0].contains("\(total)"), "\(told)")
        }
    }

    @Test func aSentOrderIsNotCancelled() async throws {
        try await withShop { shop in
            let orders = shop.orders()
            let order = try await orders.buy(try await shop.cart()).value
            let sent = try await calling(as: TestShop.staff) { try await orders.fulfil(order.id, tracking: "1Z") }.value
            #expect(sent.status == .fulfilled && sent.tracking == "1Z")
            await expect("order_not_cancellable") { try await orders.cancel(order.id, guestToken: order.guestToken) }
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
            await expect((total % 3 == 0 ? "order_not_refundable" : nil)) {
                try await calling(as: TestShop.staff, key: "rest") {
                    try await orders.refund(order.id, amount: nil, reason: "all of it")
                }
            }
            let read = try await calling(as: TestShop.staff) { try await orders.order(order.id, guestToken: nil) }
            #expect(
                read.status == .refunded && read.paymentStatus == .refunded && read.refundedTotal == order.totals.total)
        }
    }

    @Test func refundKeysAreForgottenAfterTwoDays() async throws {
        try await withShop { shop in
            let orders = shop.orders()
            let order = try await orders.buy(try await shop.cart()).value
            func refund(_ amount: Int64) async throws -> Outcome<Order> {
                try await calling(as: TestShop.staff, key: "r", hash: "refund \(amount)") {
                    try await orders.refund(order.id, amount: amount, reason: "late")
                }
            }
            _ = try await refund(100)
            // Older than its answer: the refund alone still tells that it is done.
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
            await expect("idempotency_key_required") {
                try await calling(as: TestShop.staff) { try await orders.refund(order.id, amount: 1, reason: "x") }
            }
        }
    }
}
