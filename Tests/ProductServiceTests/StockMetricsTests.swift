import Commerce
import ProductContract
import ProductService
import TestSupport
import Testing

@Suite struct StockMetricsTests {
    @Test func refusalsForStockAreCounted() async throws {
        try await withShop { shop in
            func refused() -> String? { shop.metrics.value("magpie_stock_refused_total", of: "product-service") }
            let mug = try await shop.add("Mug", stock: 2).firstVariant
            try await shop.reserve(OrderID(), [(mug, 2)])
            #expect(refused() == "0")
            var codes: [String?] = []
            for variant in [mug, mug, VariantID()] {
                codes.append(await code { try await shop.reserve(OrderID(), [(variant, 1)]) })
            }
            #expect(codes == ["out_of_stock", "out_of_stock", "variant_not_found"])
            #expect(refused() == "2")
        }
    }

    @Test func heldReservationsAreMeasured() async throws {
        try await withShop { shop in
            func held() -> String? { shop.metrics.value("magpie_stock_reservations", of: "product-service") }
            #expect(held() == "NaN")
            let (mug, bowl) = (
                try await shop.add("Mug").firstVariant, try await shop.add("Bowl", stock: nil).firstVariant
            )
            let order = OrderID()
            try await shop.reserve(order, [(mug, 2), (bowl, 1)])
            try await shop.reserve(OrderID(), [(mug, 1)])
            try await shop.catalogue.countReservations()
            #expect(held() == "3")
            try await shop.service.commitReservation(for: order)
            try await shop.catalogue.countReservations()
            #expect(held() == "1")
        }
    }
}
