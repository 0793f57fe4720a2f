import Commerce
import OfferContract
import OfferService
import ServiceKit
import Testing

@Suite struct PromotionTests {
    @Test func aSaleLowersMatchingLinesByAnAdjustment() async throws {
        let service = try await offers(
            document(
                #"{"id": "sale", "label": "Winter sale", "kind": "percentage", "percent": 12.5, "applies_to": {"tags": ["Winter"]}}"#
            ))
        let cart = try await service.price(request([line(1_999, 3, tags: ["winter"]), line(500)]))
        #expect(
            cart.lines[0].adjustments == [Adjustment(source: "sale", label: "Winter sale", amount: Money(-750, .usd))])
        #expect(cart.lines[0].total == Money(5_247, .usd))
        #expect(cart.lines[1].adjustments.isEmpty)
        #expect(cart.amounts == [6_497, 750, 0, 0, 5_747])
    }

    @Test func anAmountOffTheOrderIsSplitExactly() async throws {
        let service = try await offers(
            document(#"{"id": "ten", "label": "10 off", "kind": "fixed", "amounts": {"USD": 1000}}"#))
        let cart = try await service.price(request([line(1_000), line(1_000), line(1_000)]))
        #expect(cart.lines.map(\.total.amount).sorted() == [666, 667, 667])
        #expect(cart.totals.total.amount == 2_000)
        let small = try await service.price(request([line(300)]))
        #expect(small.amounts == [300, 300, 0, 0, 0])
    }

    @Test func anAmountOffEachUnitNeverExceedsThePrice() async throws {
        let service = try await offers(
            document(#"{"id": "five", "label": "5 off", "kind": "fixed", "per_item": true, "amounts": {"USD": 500}}"#))
        let cart = try await service.price(request([line(2_000, 3), line(300, 2)]))
        #expect(cart.lines.map(\.total.amount) == [4_500, 0])
    }

    @Test(arguments: [(2, Int64(0)), (3, 300), (5, 300), (6, 600)])
    func buyTwoGetOneTakesTheCheapest(units: Int, discount: Int64) async throws {
        let service = try await offers(
            document(#"{"id": "b", "label": "3 for 2", "kind": "buy_x_get_y", "buy": 2, "get": 1}"#))
        let cart = try await service.price(request([line(900, units - 2), line(300, 2)].filter { $0.quantity > 0 }))
        #expect(cart.totals.discountTotal.amount == discount)
    }

    @Test func theMinimumSpendCountsEarlierDiscounts() async throws {
        let rules = document(
            #"""
            {"id": "sale", "label": "Half", "kind": "percentage", "percent": 50, "priority": 2, "applies_to": {"tags": ["x"]}},
            {"id": "save", "label": "15 off", "kind": "fixed", "amounts": {"USD": 1500}, "minimum_spend": {"USD": 15000}, "priority": 1}
            """#)
        let service = try await offers(rules)
        #expect(try await service.price(request([line(15_000)])).totals.discountTotal.amount == 1_500)
        #expect(try await service.price(request([line(14_999)])).totals.discountTotal.amount == 0)
        #expect(try await service.price(request([line(20_000, tags: ["x"])])).totals.discountTotal.amount == 10_000)
    }

    @Test func priorityDecidesWithinAnExclusiveGroup() async throws {
        let service = try await offers(
            document(
                #"""
                {"id": "all", "label": "All", "kind": "percentage", "percent": 10, "exclusive_group": "sale", "applies_to": "all"},
                {"id": "some", "label": "Some", "kind": "percentage", "percent": 20, "priority": 5, "exclusive_group": "sale",
                 "applies_to": {"categories": ["desk"]}}
                """#))
        let cart = try await service.price(request([line(1_000, category: "desk"), line(1_000)]))
        #expect(cart.lines.map { $0.adjustments.map(\.source) } == [["some"], ["all"]])
        #expect(cart.lines.map(\.total.amount) == [800, 900])
    }

    @Test func freeShippingOfAnExclusiveGroupExcludesToo() async throws {
        let service = try await offers(
            document(
                #"""
                {"id": "ship", "label": "Ship", "kind": "free_shipping", "shipping_options": ["standard"], "priority": 9,
                 "exclusive_group": "one", "applies_to": {"tags": ["x"]}},
                {"id": "off", "label": "Off", "kind": "percentage", "percent": 20, "exclusive_group": "one",
                 "applies_to": "all"}
                """#))
        let cart = try await service.price(
            request([line(1_000, tags: ["x"]), line(1_000)], to: "US", region: "CA", shipping: "standard"))
        #expect(cart.totals.shippingTotal.amount == 0)
        #expect(cart.lines.map { $0.adjustments.map(\.source) } == [[], ["off"]])
        let express = try await service.price(
            request([line(1_000, tags: ["x"]), line(1_000)], to: "US", region: "CA", shipping: "express"))
        #expect(express.totals.shippingTotal.amount == 1_490)
        #expect(express.lines.map { $0.adjustments.map(\.source) } == [["off"], ["off"]])
    }

    @Test func aRuleWithoutAmountsInTheCurrencyDoesNotApply() async throws {
        let service = try await offers(
            document(#"{"id": "ten", "label": "10 off", "kind": "fixed", "amounts": {"USD": 1000}}"#))
        let cart = try await service.price(request([line(5_000, currency: .eur)], currency: .eur))
        #expect(cart.amounts == [5_000, 0, 0, 0, 5_000])
    }

    @Test func aRuleOutsideItsDatesDoesNotApply() async throws {
        let service = try await offers(
            document(
                #"""
                {"id": "p", "label": "P", "kind": "percentage", "percent": 10,
                 "starts_at": "2027-01-15T08:00:00Z", "ends_at": "2027-01-16T08:00:00Z"}
                """#))
        for (hours, discount) in [(-1, Int64(0)), (0, 100), (23, 100), (24, 0)] {
            let cart = try await service.price(request([line(1_000)], at: noon.advanced(by: .seconds(hours * 3_600))))
            #expect(cart.totals.discountTotal.amount == discount)
        }
    }

    @Test func wrongRequestsAreRefused() async throws {
        let service = try await offers(document(""))
        for lines in [[line(100, 0)], [line(100, currency: .eur)], [line(Int64.max, 2)], [line(Int64.max), line(1)]] {
            let error = await #expect(throws: ServiceError.self) { try await service.price(request(lines)) }
            #expect(error?.kind == .invalid)
        }
    }
}
