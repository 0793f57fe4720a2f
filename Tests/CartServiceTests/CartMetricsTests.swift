import CartContract
import CartService
import Commerce
import KeyValue
import ProductContract
import ServiceKit
import TestSupport
import Testing

@Suite struct CartMetricsTests {
    @Test func changesAreCountedOnce() async throws {
        let (mug, pot) = (variant(2_400), variant(1_900, stock: 1))
        let metrics = RecordedMetrics(CartMetrics.all)
        func count(_ change: String) -> String? {
            metrics.value("magpie_carts_changed_total", ["change": change], of: "cart-service")
        }
        try await withDatabase(EmbeddedKeyValueStore.migrations) { database in
            let carts = try await cartService(
                of: FixedProducts([mug, pot]), couponLimits: .coupons, time: TestClock(), database: database,
                metrics: metrics)
            let id = try await carts.create(currency: nil).value.id
            for _ in 1...2 {
                _ = try await calling(key: "add") {
                    try await carts.addLine(to: id, variant: mug.variant.id, quantity: 2)
                }
            }
            let refused = await code { try await carts.addLine(to: id, variant: pot.variant.id, quantity: 2) }
            #expect(refused != nil)
            #expect(count("created") == "1" && count("line_added") == "1")
            let line = try #require(try await carts.cart(id).lines.first?.id)
            for _ in 1...2 { _ = try await carts.changeLine(line, of: id, quantity: 1) }
            _ = try await carts.removeLine(line, of: id)
            #expect(count("line_changed") == "1" && count("line_removed") == "1")
            _ = try await carts.removeCoupon("NONE", from: id)
            #expect(count("coupon") == "0")
        }
    }
}
