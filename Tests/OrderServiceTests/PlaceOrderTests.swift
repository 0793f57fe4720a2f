import CartContract
import Commerce
import OfferContract
import OrderContract
import OrderService
import ProductContract
import ServiceKit
import TestSupport
import Testing

@Suite struct PlaceOrderTests {
    @Test func aCartBecomesAPaidOrder() async throws {
        try await withShop { shop in
            let cart = try await shop.cart(3)
            let order = try await shop.orders().buy(cart).value
            #expect(order.number == "M-100001" && order.status == .confirmed && order.paymentStatus == .captured)
            #expect(order.lines.map(\.quantity) == [3] && order.totals.subtotal.amount == 6_000)
            let stock = try await shop.stock()
            #expect(stock?.onHand == 7 && stock?.reserved == 0)
            let money = try await shop.money()
            #expect(money.captured == order.totals.total.amount && money.authorised == 0)
            #expect(try await shop.events() == ["OrderPlaced", "PaymentChanged authorized", "PaymentChanged captured"])
            await expect("cart_completed") {
                try await shop.carts.addLine(to: cart, variant: shop.variant, quantity: 1)
            }
            let read = try await shop.orders().order(order.id, guestToken: order.guestToken)
            #expect(read.lines == order.lines && read.totals == order.totals && read.guestToken == nil)
        }
    }

    @Test(
        arguments: [
            ("tok_declined", "payment_declined", "declined"),
            ("tok_insufficient_funds", "payment_declined", "insufficient_funds"),
            ("tok_requires_action", "payment_requires_action", "requires_action"),
            ("tok_whatever", "payment_declined", "declined"),
        ])
    func aRefusedPaymentLeavesCartAndStockUnchanged(token: String, expected: String, reason: String) async throws {
        try await withShop { shop in
            let cart = try await shop.cart(2)
            let before = try await shop.carts.cart(cart)
            let refusal = await refusal { try await shop.orders().buy(cart, token: token, key: "one") }
            #expect(refusal?.code == expected && refusal?.kind == .paymentRequired)
            #expect(refusal?.fields.map(\.field) == ["payment.token"] && refusal?.fields.map(\.code) == [reason])
            let stock = try await shop.stock()
            #expect(stock?.onHand == 10 && stock?.reserved == 0)
            #expect(try await shop.carts.cart(cart).lines == before.lines)
            #expect(try await shop.allOrders().isEmpty)
            // The key may be used again, even for another request.
            let order = try await shop.orders().buy(cart, key: "one").value
            #expect(order.paymentStatus == .captured)
        }
    }

    @Test func aChargeAfterATimeoutIsFound() async throws {
        try await withShop { shop in
            let cart = try await shop.cart()
            let service = shop.orders(providerDeadline: .seconds(1))
            let order = try await service.buy(cart, token: "tok_timeout_then_success").value
            #expect(order.paymentStatus == .captured)
            #expect(try await shop.money().captured == order.totals.total.amount)
        }
    }

    @Test func theSameKeyReturnsTheSameOrder() async throws {
        try await withShop { shop in
            let cart = try await shop.cart()
            let first = try await shop.orders().buy(cart)
            let again = try await shop.orders().buy(cart)
            #expect(again.value == first.value && again.replayed && !first.replayed)
            #expect(first.value.guestToken != nil)
            await expect("idempotency_key_reused") { try await shop.orders().buy(cart, hash: "another request") }
            await expect("idempotency_key_required") {
                try await shop.orders().place(cart, payment: PaymentInstruction(provider: "test", token: "tok_success"))
            }
        }
    }

    @Test func fiftyParallelCallsCreateOneOrder() async throws {
        try await withShop { shop in
            let cart = try await shop.cart()
            let service = shop.orders()
            let outcomes = await withTaskGroup(of: String.self) { group in
                for _ in 0..<50 {
                    group.addTask { await code { try await service.buy(cart) } ?? "order" }
                }
                return await group.reduce(into: [String: Int]()) { $0[$1, default: 0] += 1 }
            }
            #expect(outcomes["order", default: 0] >= 1)
            #expect(Set(outcomes.keys).isSubset(of: ["order", "idempotency_in_flight"]))
            let orders = try await shop.allOrders()
            #expect(orders.count == 1)
            #expect(try await shop.money().captured == orders.first?.totals.total.amount)
            #expect(try await shop.stock()?.onHand == 9)
        }
    }

    @Test func sixtyBuyersOfTenUnitsGetTen() async throws {
        try await withShop { shop in
            var carts: [CartID] = []
            for _ in 0..<60 { carts.append(try await shop.cart()) }
            let service = shop.orders()
            let outcomes = await withTaskGroup(of: String.self) { group in
                for cart in carts { group.addTask { await code { try await service.buy(cart) } ?? "order" } }
                return await group.reduce(into: [String: Int]()) { $0[$1, default: 0] += 1 }
            }
            #expect(outcomes == ["order": 10, "out_of_stock": 50])
            let orders = try await shop.allOrders()
            #expect(Set(orders.map(\.number)).count == 10)
            let money = try await shop.money()
            #expect(money.captured == orders.reduce(0) { $0 + $1.totals.total.amount } && money.authorised == 0)
            let stock = try await shop.stock()
            #expect(stock?.onHand == 0 && stock?.reserved == 0)
        }
    }

    @Test func aPriceThatWasNotShownIsNotCharged() async throws {
        try await withShop { shop in
            let cart = try await shop.cart()
            try await calling(as: TestShop.staff) {
                var change = ProductChange()
                change.variants = [.init(id: shop.variant, price: Money(2_500, .usd))]
                _ = try await shop.products.update("mug", change)
            }
            await expect("price_changed") { try await shop.orders().buy(cart) }
            _ = try await shop.carts.cart(cart)
            #expect(try await shop.orders().buy(cart).value.totals.subtotal.amount == 2_500)
        }
    }

    @Test func missingFieldsAreNamed() async throws {
        try await withShop { shop in
            let cart = try await shop.carts.create(currency: "USD").value.id
            func expectMissing(_ field: String, code: String) async {
                let error = await refusal { try await shop.orders().buy(cart) }
                #expect(error?.code == code && error?.fields.map(\.field) == [field])
            }
            await expectMissing("lines", code: "cart_empty")
            _ = try await shop.carts.addLine(to: cart, variant: shop.variant, quantity: 1)
            await expectMissing("email", code: "email_required")
            _ = try await shop.carts.update(cart, CartChange(email: "ada@example.com"))
            await expectMissing("shipping_address", code: "shipping_address_required")
            _ = try await shop.carts.update(cart, CartChange(shippingAddress: TestShop.address))
            await expectMissing("shipping_option_id", code: "shipping_option_required")
            let strange = PaymentInstruction(provider: "gold", token: "x")
            await expect("invalid_request") {
                try await calling(key: "k") { try await shop.orders().place(cart, payment: strange) }
            }
        }
    }

    @Test func aCouponIsNotUsedBeyondItsLimit() async throws {
        try await withShop { shop in
            try await calling(as: TestShop.staff) {
                let rules = try await shop.offers.rules()
                    .replacing("\"usage_limit_per_customer\": 1", with: "\"usage_limit\": 2")
                try await shop.offers.replaceRules(rules)
            }
            var codes: [String] = []
            for buyer in 0..<3 {
                let cart = try await shop.cart(email: "buyer\(buyer)@example.com", coupon: "WELCOME10")
                codes.append(await code { try await shop.orders().buy(cart) } ?? "order")
            }
            #expect(codes == ["order", "order", "coupon_exhausted"])
            #expect(try await shop.stock()?.onHand == 8)
            #expect(try await shop.money().authorised == 0)
        }
    }

    @Test func aGuestUsesAPerCustomerCouponOnce() async throws {
        try await withShop { shop in
            let first = try await shop.cart(email: "ada@example.com", coupon: "WELCOME10")
            let second = try await shop.cart(email: "ada@example.com", coupon: "WELCOME10")
            await expect(nil) { try await shop.orders().buy(first) }
            await expect("coupon_exhausted") { try await shop.orders().buy(second) }
        }
    }

    @Test func loggingOutDoesNotRenewAPerCustomerCoupon() async throws {
        try await withShop { shop in
            let first = try await shop.cart(email: "ada@example.com", coupon: "WELCOME10")
            let second = try await shop.cart(email: "ada@example.com", coupon: "WELCOME10")
            await expect(nil) { try await shop.orders().buy(first, as: .customer(CustomerID())) }
            await expect("coupon_exhausted") { try await shop.orders().buy(second) }
        }
    }
}
