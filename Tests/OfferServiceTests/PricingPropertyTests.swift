import Commerce
import OfferContract
import OfferService
import Testing

/// SplitMix64: the same numbers for the same seed everywhere.
private struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }

    mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &self) < percent }
}

@Suite struct PricingPropertyTests {
    @Test(arguments: 0..<400 as Range<UInt64>)
    func cartsAddUpInAnyOrderOfLinesAndRules(seed: UInt64) async throws {
        var random = SeededGenerator(state: seed)
        let promotions = (0..<Int.random(in: 0...8, using: &random)).map { promotion($0, &random) }
        let lines = (0..<Int.random(in: 0...12, using: &random)).map { _ in randomLine(&random) }
        let asked = request(
            lines, coupons: ["c0", "C3", "nope"], to: random.chance(80) ? "US" : nil,
            shipping: random.chance(50) ? "standard" : nil)
        let cart = try await offers(document(promotions.joined(separator: ","))).price(asked)
        expectExact(cart, of: asked)

        let shuffled = try await offers(document(promotions.shuffled(using: &random).joined(separator: ",")))
        #expect(try await shuffled.price(asked) == cart)
        var turned = asked
        turned.lines.shuffle(using: &random)
        turned.coupons.shuffle(using: &random)
        let other = try await shuffled.price(turned)
        #expect(other.totals == cart.totals)
        #expect(other.lines.sorted { $0.id < $1.id } == cart.lines.sorted { $0.id < $1.id })
        #expect(Set(other.coupons) == Set(cart.coupons))
        #expect(Set(other.rejectedCoupons) == Set(cart.rejectedCoupons))
    }

    private func expectExact(_ cart: PricedCart, of asked: PricingRequest) {
        #expect(cart.lines.map(\.id) == asked.lines.map(\.id))
        for line in cart.lines {
            let adjustments = line.adjustments.reduce(0) { $0 + $1.amount.amount }
            #expect(line.total.amount == line.unitPrice.amount * Int64(line.quantity) + adjustments)
            #expect(line.total.amount >= 0)
            #expect(line.adjustments.allSatisfy { $0.amount.amount < 0 && !$0.label.isEmpty })
        }
        let goods = cart.lines.reduce(0) { $0 + $1.total.amount }
        let discounts = cart.lines.flatMap(\.adjustments).reduce(0) { $0 - $1.amount.amount }
        let totals = cart.totals
        #expect(totals.subtotal.amount == cart.lines.reduce(0) { $0 + $1.unitPrice.amount * Int64($1.quantity) })
        #expect(totals.discountTotal.amount == discounts)
        #expect(totals.subtotal.amount - discounts == goods)
        #expect(totals.total.amount == goods + totals.shippingTotal.amount + totals.taxTotal.amount)
        #expect(totals.shippingTotal == cart.shippingOption?.price ?? .zero(.usd))
    }

    private func randomLine(_ random: inout SeededGenerator) -> PricingRequest.Line {
        line(
            random.chance(5) ? 0 : Int64.random(in: 1...20_000, using: &random), Int.random(in: 1...9, using: &random),
            category: ["desk", "home", nil].randomElement(using: &random) ?? nil,
            tags: ["gift", "winter"].filter { _ in random.chance(40) })
    }

    private func promotion(_ index: Int, _ random: inout SeededGenerator) -> String {
        let effects = [
            #""kind": "percentage", "percent": \#(Int.random(in: 1...100, using: &random))"#,
            #""kind": "percentage", "percent": \#(Int.random(in: 1...99, using: &random)).25"#,
            #""kind": "fixed", "amounts": {"USD": \#(Int.random(in: 1...9_000, using: &random))}"#,
            #""kind": "fixed", "per_item": \#(random.chance(50)), "amounts": {"USD": 333}"#,
            #""kind": "fixed", "amounts": {"EUR": 500}"#,
            #""kind": "buy_x_get_y", "buy": 2, "get": 1, "percent": \#(Int.random(in: 1...100, using: &random))"#,
            #""kind": "free_shipping""#,
        ]
        let targets = [
            #""all""#, #""order""#, #"{"tags": ["gift"]}"#, #"{"categories": ["desk"], "tags": ["winter"]}"#,
        ]
        var fields = [#""id": "p\#(index)", "label": "P\#(index)""#]
        fields.append(effects.randomElement(using: &random) ?? effects[0])
        if random.chance(70) {
            fields.append(#""applies_to": \#(targets.randomElement(using: &random) ?? targets[0])"#)
        }
        if random.chance(60) { fields.append(#""priority": \#(Int.random(in: 0...2, using: &random))"#) }
        if random.chance(30) { fields.append(#""coupon": {"code": "C\#(index)"}"#) }
        if random.chance(30) { fields.append(#""exclusive_group": "g\#(Int.random(in: 0...1, using: &random))""#) }
        if random.chance(30) {
            fields.append(#""minimum_spend": {"USD": \#(Int.random(in: 1...90_000, using: &random))}"#)
        }
        return "{\(fields.joined(separator: ", "))}"
    }
}
