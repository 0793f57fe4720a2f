import Commerce
import Testing

@Suite struct IdentifierTests {
    @Test func idsSortByTheirTime() {
        let early = OrderID(at: Instant(milliseconds: 1_000))
        let late = OrderID(at: Instant(milliseconds: 2_000))
        #expect(early < late)
        #expect(early.rawValue.hasPrefix("ord_"))
        #expect(early.rawValue.count == 30)
    }

    @Test func foreignAndMalformedIdsAreRefused() {
        #expect(ProductID(OrderID().rawValue) == nil)
        #expect(ProductID("prod_1") == nil)
        #expect(ProductID("prod_" + String(repeating: "U", count: 26)) == nil)
        #expect(ProductID(ProductID().rawValue) != nil)
    }

    @Test func tenThousandIdsAreDifferent() {
        #expect(Set((0..<10_000).map { _ in CartID() }).count == 10_000)
    }
}
