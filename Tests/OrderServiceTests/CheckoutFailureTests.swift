import CartContract
import Commerce
import OfferContract
import OrderContract
import ProductContract
import ProductService
import SQL
import ServiceKit
import TestSupport
import Testing

@testable import OrderService

/// Providers that refuse or answer oddly, stock that goes, leases that are lost.
@Suite struct TroubleTests {
    @Test func anOrderWhoseStockWasSoldMeanwhileIsCancelled() async throws {
        try await withShop { shop in
            let cart = try await shop.cart(2)
            await expect("SimulatedCrash()") {
                try await shop.orders(faults: .dying(at: "checkout.commitStock.before")).buy(cart)
            }
            let order = try #require(try await shop.allOrders().first)
            // The reservation expires and somebody else buys all there is.
            shop.time.advance(by: OrderSettings().reservationLifetime)
            #expect(try await #require(shop.products as? ProductService).releaseExpired() == 1)
            _ = try await shop.orders().buy(try await shop.cart(10))
            try await shop.recover()
            let cancelled = try await calling(as: TestShop.staff) {
                try await shop.orders().order(order.id, guestToken: nil)
            }
            #expect(cancelled.status == .cancelled && cancelled.paymentStatus == .voided)
            // Whoever repeats the request hears of it.
            #expect(try await shop.orders().buy(cart).value.status == .cancelled)
            let money = try await shop.money()
            #expect(money.held == 0 && money.taken > 0 && money.returned == 0)
            let stock = try await shop.stock()
            #expect(stock?.onHand == 0 && stock?.reserved == 0)
            #expect(try await shop.details(of: "OrderCancelled").count == 1)
        }
    }

    @Test func stockIsSoldBeforeMoneyIsTaken() async throws {
        try await withShop { shop in
            let seen = Recorder<Int?>()
            let service = shop.orders(before: { call in
                if call == "capture" { seen.note(try await shop.stock()?.onHand) }
            })
            _ = try await service.buy(try await shop.cart(2))
            #expect(seen.values == [8])
        }
    }

    @Test func aRefusedCaptureCancelsTheOrder() async throws {
        try await withShop { shop in
            let cart = try await shop.cart(2, coupon: "WELCOME10")
            let service = shop.orders(before: { call in
                if call == "capture" { throw PaymentError.refused("expired") }
            })
            let order = try await service.buy(cart).value
            #expect(order.status == .cancelled && order.paymentStatus == .failed)
            #expect(try await service.buy(cart).value == order)
            try await shop.recover()
            let after = try #require(try await shop.allOrders().first)
            #expect(after.status == .cancelled && after.paymentStatus == .failed)
            let money = try await shop.money()
            #expect(money.held == 0 && money.taken == 0)
            let stock = try await shop.stock()
            #expect(stock?.onHand == 10 && stock?.reserved == 0)
            #expect(
                try await shop.events() == [
                    "OrderPlaced", "PaymentChanged authorized", "PaymentChanged failed", "OrderCancelled",
                ])
            // The coupon has not been used.
            await expect(nil) { try await shop.orders().buy(try await shop.cart(coupon: "WELCOME10")) }
        }
    }

    @Test func moneyThatWasTakenAtOnceGoesBackWhenThereIsNoOrder() async throws {
        try await withShop { shop in
            _ = try await shop.orders().buy(try await shop.cart(coupon: "WELCOME10"))
            let before = try await shop.money()
            let acquirer = TestPaymentProvider(
                database: shop.paymentsDatabase, isOffered: true, clock: shop.time.clock)
            let service = shop.orders(after: { call in
                if call == "authorise" { try await shop.captureAll(acquirer) }
            })
            let cart = try await shop.cart(coupon: "WELCOME10")
            await expect("coupon_exhausted") { try await service.buy(cart) }
            let money = try await shop.money()
            #expect(money.held == 0 && money.taken > before.taken)
            #expect(money.taken - money.returned == before.taken)
            #expect(try await shop.events().suffix(1) == ["PaymentChanged refunded"])
        }
    }

    @Test func anUnknownErrorOfTheProviderIsAskedAbout() async throws {
        try await withShop { shop in
            let service = shop.orders(after: { call in
                if call == "authorise" { throw ServiceError.invalid("card", code: "odd", "is odd") }
            })
            let order = try await service.buy(try await shop.cart()).value
            #expect(order.paymentStatus == .captured)
            #expect(try await shop.money().taken == order.totals.total.amount)
        }
    }

    @Test func aRefusedRefundOfACancelledOrderCanBeMadeGood() async throws {
        try await withShop { shop in
            let order = try await shop.orders().buy(try await shop.cart()).value
            let stubborn = shop.orders(before: { call in
                if call == "refund" { throw PaymentError.refused("not today") }
            })
            let cancelled = try await stubborn.cancel(order.id, guestToken: order.guestToken).value
            #expect(cancelled.status == .cancelled && cancelled.paymentStatus == .captured)
            let told = try await shop.details(of: "OrderCancelled")
            #expect(told.count == 1 && told.allSatisfy { !$0.contains(#""amount""#) }, "\(told)")
            let refunded = try await calling(as: TestShop.staff, key: "by hand") {
                try await shop.orders().refund(order.id, amount: nil, reason: "cancelled").value
            }
            #expect(refunded.status == .cancelled && refunded.paymentStatus == .refunded)
            #expect(try await shop.money().returned == order.totals.total.amount)
        }
    }

    @Test func aVariantThatGoesAfterPricingIsNotSold() async throws {
        try await withShop { shop in
            let offers = InterruptedOffers(offers: shop.offers) {
                let large = ProductDraft(
                    handle: "mug", title: "Mug", optionNames: ["Size"],
                    variants: [.init(sku: "MUG-L", optionValues: ["L"], price: Money(2_000, .usd))])
                _ = try await calling(as: TestShop.staff) { try await shop.products.save(large) }
            }
            let cart = try await shop.cart()
            let error = await serviceError { try await shop.orders(offers: offers).buy(cart) }
            #expect(error?.code == "out_of_stock" && error?.fields.map(\.field) == ["lines[0].quantity"])
        }
    }

    @Test func aRetryThatLosesTheLeaseIsToldToWait() async throws {
        try await withShop { shop in
            let cart = try await shop.cart()
            await expect("SimulatedCrash()") {
                try await shop.orders(faults: .dying(at: "checkout.authorisePayment.before")).buy(cart)
            }
            shop.time.advance(by: .seconds(120))
            let slow = shop.orders(before: { call in
                guard call == "status" else { return }
                try await shop.ordersDatabase.write { tx in
                    _ = try tx.execute("UPDATE checkouts SET lease_owner = 'another'")
                }
            })
            await expect("idempotency_in_flight") { try await slow.buy(cart) }
        }
    }

    @Test func oneUnreadableOrderDoesNotKeepTheOthersWaiting() async throws {
        try await withShop { shop in
            for _ in 0..<2 {
                let cart = try await shop.cart()
                await expect("SimulatedCrash()") {
                    try await shop.orders(faults: .dying(at: "checkout.commitStock.before")).buy(cart)
                }
            }
            let orders = try await shop.allOrders()
            try await shop.ordersDatabase.write { [id = orders[0].id] tx in
                _ = try tx.execute("UPDATE orders SET coupons = 'x' WHERE id = \(id)")
            }
            shop.time.advance(by: .seconds(120))
            #expect(try await shop.orders().reconcileOnce() == 1)
            let other = try await calling(as: TestShop.staff) {
                try await shop.orders().order(orders[1].id, guestToken: nil)
            }
            #expect(other.paymentStatus == .captured)
        }
    }

    @Test func theLeaseOutlastsWhatHappensBetweenTwoRecords() {
        let settings = OrderSettings()
        #expect(settings.lease > settings.providerDeadline * 6 + settings.callDeadline * 2)
    }
}

extension TestShop {
    /// An acquirer that does not wait for the capture.
    func captureAll(_ acquirer: TestPaymentProvider) async throws {
        let keys = try await paymentsDatabase.read { tx in
            try tx.query("SELECT key FROM test_payments WHERE state = 'authorised'").map { try $0.string("key") }
        }
        for key in keys { _ = try await acquirer.capture(key) }
    }
}
