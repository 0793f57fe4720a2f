import Commerce
import OfferContract
import OfferService
import Testing

@Suite struct CouponTests {
    static let rules = document(
        #"""
        {"id": "welcome", "label": "Welcome", "kind": "percentage", "percent": 10, "priority": 9, "exclusive_group": "c",
         "coupon": {"code": "WELCOME10", "usage_limit": 100, "usage_limit_per_customer": 1}},
        {"id": "other", "label": "Other", "kind": "percentage", "percent": 5, "exclusive_group": "c", "coupon": {"code": "OTHER"}},
        {"id": "old", "label": "Old", "kind": "percentage", "percent": 5, "coupon": {"code": "OLD"},
         "ends_at": "2020-01-01T00:00:00Z"},
        {"id": "new", "label": "New", "kind": "percentage", "percent": 5, "coupon": {"code": "NEW"},
         "starts_at": "2099-01-01T00:00:00Z"},
        {"id": "rich", "label": "Rich", "kind": "percentage", "percent": 5, "coupon": {"code": "RICH"},
         "minimum_spend": {"USD": 100000}},
        {"id": "ship", "label": "Ship", "kind": "free_shipping", "coupon": {"code": "FREESHIP"}, "shipping_options": ["standard"]}
        """#)

    @Test func couponsMatchInAnyCaseAndReturnTheirLimits() async throws {
        let cart = try await offers(Self.rules).price(request([line(1_000)], coupons: [" welcome10", "WELCOME10"]))
        #expect(
            cart.coupons == [
                AppliedCoupon(code: "WELCOME10", label: "Welcome", usageLimit: 100, usageLimitPerCustomer: 1)
            ])
        #expect(cart.rejectedCoupons.isEmpty)
        #expect(cart.lines[0].adjustments.map(\.source) == ["coupon:WELCOME10"])
        #expect(cart.totals.total.amount == 900)
    }

    @Test(arguments: [
        ("nope", "coupon_unknown"), ("old", "coupon_expired"), ("New", "coupon_not_started"),
        ("RICH", "coupon_not_applicable"), ("OTHER", "coupon_not_applicable"),
    ])
    func anUnusableCouponIsRejectedWithItsReason(code: String, reason: String) async throws {
        let cart = try await offers(Self.rules).price(request([line(1_000)], coupons: [code, "WELCOME10"]))
        #expect(cart.rejectedCoupons.map(\.code) == [code])
        #expect(cart.rejectedCoupons.map(\.reason) == [reason])
        #expect(cart.coupons.map(\.code) == ["WELCOME10"])
        #expect(cart.totals.total.amount == 900)
    }

    @Test func withoutTheCouponNoDiscountApplies() async throws {
        #expect(try await offers(Self.rules).price(request([line(1_000)])).totals.discountTotal.amount == 0)
    }

    @Test func anEmptyCartMayCarryACoupon() async throws {
        let cart = try await offers(Self.rules).price(request([], coupons: ["WELCOME10", "OLD"]))
        #expect(cart.coupons.map(\.code) == ["WELCOME10"])
        #expect(cart.rejectedCoupons.map(\.reason) == ["coupon_expired"])
        #expect(cart.amounts == [0, 0, 0, 0, 0])
    }

    @Test func freeShippingLowersThePriceShown() async throws {
        let service = try await offers(Self.rules)
        let asked = request([line(1_000)], coupons: ["freeship"], to: "US", shipping: "standard")
        #expect(try await service.shippingOptions(asked).map(\.price.amount) == [0, 1_490])
        let cart = try await service.price(asked)
        #expect(cart.coupons.map(\.code) == ["FREESHIP"])
        #expect(cart.amounts == [1_000, 0, 0, 100, 1_100])
    }
}
