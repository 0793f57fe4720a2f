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

/// Checkouts with refusing or failing providers, lost stock and lost leases.
@Suite struct CheckoutFailureTests {
    @Test func anOrderWhoseReservationExpiredIsCancelled() async throws {
        try await withShop { shop in
            let cart = try await shop.cart(2)
            await expect("SimulatedCrash()") {
                try await shop.orders(faults: .crashing(at: "checkout.commitStock.before")).buy(cart)
            }
            let order = try #require(try await shop.allOrders().first)
            // The reservation expires, and another customer buys all units.
            shop.time.advance(by: OrderSettings().reservationLifetime)
            #expect(try await #require(shop.products as? ProductService).releaseExpired() == 1)
            _ = try await shop.orders().buy(try await shop.cart(10))
            try await shop.recover()
            let cancelled = try await calling(as: TestShop.staff) {
                try await shop.orders().order(order.id, guestToken: nil)
            }
            #expect(cancelled.status == .cancelled && cancelled.paymentStatus == .voided)
            // A repeated request returns the cancelled order.
            #expect(try await shop.orders().buy(cart).value.status == .cancelled)
            let money = try await shop.money()
            #expect(money.authorised == 0 && money.captured > 0 && money.refunded == 0)
            let stock = try await shop.stock()
            #expect(stock?.onHand == 0 && stock?.reserved == 0)
            #expect(try await shop.details(of: "OrderCancelled").count == 1)
        }
    }

    @Test func stockIsCommittedBeforeThePaymentIsCaptured() async throws {
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
            #expect(money.authorised == 0 && money.captured == 0)
            let stock = try await shop.stock()
            #expect(stock?.onHand == 10 && stock?.reserved == 0)
            #expect(
                try await shop.events() == [
                    "OrderPlaced", "PaymentChanged authorized", "PaymentChanged failed", "OrderCancelled",
                ])
            // The coupon use has been restored.
            await expect(nil) { try await shop.orders().buy(try await shop.cart(coupon: "WELCOME10")) }
        }
    }

    @Test func anEarlyCaptureIsRefundedWhenTheOrderFails() async throws {
        try await withShop { shop in
            _ = try await shop.orders().buy(try await shop.cart(coupon: "WELCOME10"))
            let before = try await shop.money()
            let provider = TestPaymentProvider(
                database: shop.paymentsDatabase, isOffered: true, clock: shop.time.clock)
            let service = shop.orders(after: { call in
                if call == "authorise" { try await shop.captureAll(provider) }
            })
            let cart = try await shop.cart(coupon: "WELCOME10")
            await expect("coupon_exhausted") { try await service.buy(cart) }
            let money = try await shop.money()
            #expect(money.authorised == 0 && money.captured > before.captured)
            #expect(money.captured - money.refunded == before.captured)
            #expect(try await shop.events().suffix(1) == ["PaymentChanged refunded"])
        }
    }

    @Test func anUnknownErrorOfTheProviderIsFollowedByAStatusQuery() async throws {
        try await withShop { shop in
            let service = shop.orders(after: { call in
                if call == "authorise" { throw ServiceError.invalid("card", code: FieldCode.invalid, "is odd") }
            })
            let order = try await service.buy(try await shop.cart()).value
            #expect(order.paymentStatus == .captured)
            #expect(try await shop.money().captured == order.totals.total.amount)
        }
    }

    @Test func aRefusedRefundOfACancelledOrderCanBeRepeatedByStaff() async throws {
        try await withShop { shop in
            let order = try await shop.orders().buy(try await shop.cart()).value
            let refusing = shop.orders(before: { call in
                if call == "refund" { throw PaymentError.refused("not today") }
            })
            let cancelled = try await refusing.cancel(order.id, guestToken: order.guestToken).value
            #expect(cancelled.status == .cancelled && cancelled.paymentStatus == .captured)
            let cancellations = try await shop.details(of: "OrderCancelled")
            #expect(
                cancellations.count == 1 && cancellations.allSatisfy { !$0.contains(#""amount""#) }, "\(cancellations)")
            let refunded = try await calling(as: TestShop.staff, key: "by hand") {
                try await shop.orders().refund(order.id, amount: nil, currency: nil, reason: "cancelled").value
            }
            #expect(refunded.status == .cancelled && refunded.paymentStatus == .refunded)
            #expect(try await shop.money().refunded == order.totals.total.amount)
        }
    }

    @Test func aVariantDeletedAfterPricingIsNotSold() async throws {
        try await withShop { shop in
            let offers = InterruptedOffers(offers: shop.offers) {
                let large = ProductDraft(
                    handle: "mug", title: "Mug", optionNames: ["Size"],
                    variants: [.init(sku: "MUG-L", optionValues: ["L"], price: Money(2_000, .usd))])
                _ = try await calling(as: TestShop.staff) { try await shop.products.save(large) }
            }
            let cart = try await shop.cart()
            let error = await refusal { try await shop.orders(offers: offers).buy(cart) }
            #expect(error?.code == "out_of_stock" && error?.fields.map(\.field) == ["lines[0].quantity"])
        }
    }

    @Test func aRetryThatLosesTheLeaseIsInFlight() async throws {
        try await withShop { shop in
            let cart = try await shop.cart()
            await expect("SimulatedCrash()") {
                try await shop.orders(faults: .crashing(at: "checkout.authorisePayment.before")).buy(cart)
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

    @Test func anUnreadableOrderDoesNotBlockOthers() async throws {
        try await withShop { shop in
            for _ in 0..<2 {
                let cart = try await shop.cart()
                await expect("SimulatedCrash()") {
                    try await shop.orders(faults: .crashing(at: "checkout.commitStock.before")).buy(cart)
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

    @Test func theLeaseIsLongerThanTheCallsBetweenTwoRecordedSteps() {
        let settings = OrderSettings()
        #expect(settings.lease > settings.providerDeadline * 6 + settings.callDeadline * 2)
    }
}

extension TestShop {
    /// Captures all authorised payments, as a provider that captures at once.
    func captureAll(_ provider: TestPaymentProvider) async throws {
        let keys = try await paymentsDatabase.read { tx in
            try tx.query("SELECT key FROM test_payments WHERE state = 'authorised'").map { try $0.string("key") }
        }
        for key in keys { _ = try await provider.capture(key) }
    }
}
