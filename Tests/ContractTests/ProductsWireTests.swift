import Commerce
import ContractTestSupport
import ProductContract
import ProductWire
import ServiceKit
import Testing

/// Nothing of a question or an answer is lost or changed on the way.
@Suite struct ProductsWireTests {
    @Test func everyQueryArrives() async throws {
        let double = ProductsDouble()
        let queries = [ProductQuery(), Samples.fullQuery] + Samples.sortedQueries
        try await withWire([GRPCProductsServer(double)]) { wire in
            let products = GRPCProductsClient(wire.peer())
            for query in queries { _ = try await wire.calling { try await products.products(query) } }
        }
        #expect(double.recorder.inputs == queries.map(AnyHashable.init))
    }

    @Test(arguments: [Samples.fullProductPage, Samples.sparseProductPage])
    func everyPageComesBack(_ page: ProductPage) async throws {
        try await withWire([GRPCProductsServer(ProductsDouble(page: page))]) { wire in
            let answer = try await wire.calling { try await GRPCProductsClient(wire.peer()).products(ProductQuery()) }
            #expect(answer.items == page.items)
            #expect(answer.nextCursor == page.nextCursor)
            #expect(answer.count == page.count)
            #expect(answer.facets == page.facets)
        }
    }

    /// More than gRPC allows by itself.
    @Test func aPageOfLongDescriptionsComesBack() async throws {
        var product = Samples.sparseProduct
        product.descriptionHTML = String(repeating: "a", count: 100_000)
        let page = ProductPage(items: Array(repeating: product, count: 50), nextCursor: nil, count: nil, facets: nil)
        try await withWire([GRPCProductsServer(ProductsDouble(page: page))]) { wire in
            let answer = try await wire.calling { try await GRPCProductsClient(wire.peer()).products(ProductQuery()) }
            #expect(answer.items == page.items)
        }
    }

    @Test(arguments: [Samples.fullProduct, Samples.sparseProduct])
    func everyProductComesBack(_ product: Product) async throws {
        let double = ProductsDouble(product: product, replayed: true)
        try await withWire([GRPCProductsServer(double)]) { wire in
            let products = GRPCProductsClient(wire.peer())
            try await wire.calling {
                #expect(try await products.product("mug") == product)
                let created = try await products.create(Samples.fullDraft)
                #expect(created.value == product)
                #expect(created.replayed)
                _ = try await products.create(Samples.sparseDraft)
                #expect(try await products.update("mug", Samples.fullChange) == product)
                _ = try await products.update("mug", ProductChange())
                #expect(try await products.save(Samples.sparseDraft) == .unchanged)
                #expect(try await products.currencies(of: ["mug", ""]) == ["mug": .eur, "": .kwd])
                try await products.archive("mug")
            }
        }
        let expected: [AnyHashable] = [
            "mug", Samples.fullDraft, Samples.sparseDraft, Samples.fullChange, ProductChange(), Samples.sparseDraft,
            ["mug", ""], "mug",
        ]
        #expect(double.recorder.inputs == expected)
    }

    @Test func variantsAndCategoriesComeBack() async throws {
        let double = ProductsDouble()
        let ids = [VariantID(), VariantID()]
        try await withWire([GRPCProductsServer(double)]) { wire in
            let products = GRPCProductsClient(wire.peer())
            let (some, none, categories) = try await wire.calling {
                (try await products.variants(ids), try await products.variants([]), try await products.categories())
            }
            #expect(some == double.details && none == double.details)
            #expect(categories == Samples.categories)
            let currency = try await wire.calling { try await products.shopCurrency() }
            #expect(currency == .kwd)
        }
        #expect(
            double.recorder.inputs == [AnyHashable(ids), AnyHashable([VariantID]()), AnyHashable(0), AnyHashable(0)])
    }

    @Test func stockArrivesAndComesBack() async throws {
        let double = ProductsDouble()
        let order = OrderID()
        let adjustments = [StockAdjustment.Change.set(0), .by(-4), .untrack].map {
            StockAdjustment(variant: VariantID(), change: $0, reason: "counted")
        }
        try await withWire([GRPCProductsServer(double)]) { wire in
            let products = GRPCProductsClient(wire.peer())
            try await wire.calling {
                try await products.reserve(Samples.reservation)
                try await products.commitReservation(for: order)
                try await products.releaseReservation(for: order)
                try await products.restock(order: order)
                for adjustment in adjustments {
                    let outcome = try await products.adjustStock(adjustment)
                    #expect(outcome.value == double.level)
                    #expect(!outcome.replayed)
                }
                let levels = try await products.stockLevels(page: Samples.fullPage)
                #expect(levels.items == [double.level])
                #expect(levels.nextCursor == nil && levels.count == nil)
                let movements = try await products.stockMovements(VariantID(), page: PageRequest())
                #expect(movements.items == double.movements)
                #expect(movements.nextCursor == "after" && movements.count == 7)
            }
        }
        let expected: [AnyHashable] =
            [Samples.reservation, order, order, order] + adjustments.map(AnyHashable.init)
            + [Samples.fullPage, PageRequest()]
        #expect(double.recorder.inputs == expected)
    }
}
