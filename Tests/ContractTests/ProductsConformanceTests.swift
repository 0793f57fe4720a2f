import Commerce
import ContractTestSupport
import ProductContract
import ProductService
import ProductWire
import ServiceKit
import TestSupport
import Testing

/// One catalogue, asked directly and from another process: the answers are the same.
@Suite struct ProductsConformanceTests {
    private func onBoth(_ body: @escaping @Sendable (any Products, Wire) async throws -> Void) async throws {
        for route in Route.allCases {
            try await withDatabase(ProductService.migrations) { database in
                try await withEventLog { log in
                    let service = ProductService(database: database, log: log, logger: quiet)
                    try await withWire([GRPCProductsServer(service)]) { wire in
                        let products: any Products =
                            route == .overTheWire ? GRPCProductsClient(wire.peer()) : service
                        try await body(products, wire)
                    }
                }
            }
        }
    }

    private static func draft(_ title: String) -> ProductDraft {
        ProductDraft(
            handle: "mug", title: title, category: "Kitchen", tags: ["tea"], optionNames: ["Colour"],
            variants: [
                .init(
                    sku: "R", optionValues: ["Red"], price: Money(1_200, .usd), compareAtPrice: Money(1_500, .usd),
                    inventoryQuantity: 5, texts: [.barcode: "4006381333931"]),
                .init(sku: "B", optionValues: ["Blue"], price: Money(1_400, .usd)),
            ], texts: [.productType: "Cup"])
    }

    @Test func staffCreateChangeAndArchive() async throws {
        try await onBoth { products, wire in
            let key = IdempotencyKey(caller: "c", key: "k", requestHash: "h")
            let (first, again) = try await wire.calling(as: everyPermission, key: key) {
                (try await products.create(Self.draft("Mug")), try await products.create(Self.draft("Mug")))
            }
            #expect(!first.replayed && again.replayed && first.value == again.value)
            let mug = try await wire.calling { try await products.product("mug") }
            #expect(mug == first.value)
            #expect(mug.variants.map(\.inventoryQuantity) == [5, nil])

            try await wire.calling(as: everyPermission) {
                var change = ProductChange()
                change.title = "Cup"
                change.variants = [.init(id: mug.variants[0].id, compareAtPrice: .some(nil), texts: [.barcode: ""])]
                change.texts = [.productType: "Beaker"]
                let cup = try await products.update("mug", change)
                #expect(cup.title == "Cup" && cup.variants[0].compareAtPrice == nil)
                #expect(cup.texts == [.productType: "Beaker"] && cup.variants[0].texts == [.sku: "R"])
                #expect(try await products.save(Self.draft("Mug")) == .updated)
                #expect(try await products.save(Self.draft("Mug")) == .unchanged)
                let taken = await refusal { try await products.create(Self.draft("Mug")) }
                #expect(taken?.code == "handle_taken")
                try await products.archive("mug")
            }
            let gone = await refusal { try await wire.calling { try await products.product("mug") } }
            #expect(gone == .productNotFound)
        }
    }

    @Test func listsAndDetails() async throws {
        try await onBoth { products, wire in
            let mug = try await wire.calling(as: everyPermission) {
                try await products.create(Self.draft("Mug")).value
            }
            try await wire.calling {
                var query = ProductQuery()
                query.category = "kitchen"
                query.wantsCount = true
                let page = try await products.products(query)
                #expect(page.items == [mug] && page.count == 1 && page.nextCursor == nil)
                #expect(page.facets?.tags == [.init(value: "tea", count: 1)])
                #expect(page.facets?.texts == [.productType: [.init(value: "Cup", count: 1)]])
                query.texts = [.productType: "Bowl"]
                #expect(try await products.products(query).items == [])
                query.texts = [:]
                query.text = "4006381333931"
                #expect(try await products.products(query).items == [mug])
                let tree = try await products.categories()
                #expect(tree.map(\.title) == ["Kitchen"] && tree.map(\.productCount) == [1])
                #expect(try await products.shopCurrency() == mug.priceRange.min.currency)
                let details = try await products.variants(mug.variants.map(\.id) + [VariantID()])
                #expect(details.map(\.variant) == mug.variants && details.map(\.productID) == [mug.id, mug.id])
                query.limit = 0
                let fault = await refusal { try await products.products(query) }
                #expect(fault == nil || fault?.kind == .invalid)
            }
        }
    }

    @Test func categoriesAreATree() async throws {
        try await onBoth { products, wire in
            var draft = Self.draft("Mug")
            draft.category = "Home & Garden > Kitchen"
            let mug = try await wire.calling(as: everyPermission) { [draft] in try await products.create(draft).value }
            #expect(mug.category == "kitchen")
            try await wire.calling {
                let tree = try await products.categories()
                #expect(tree.map(\.handle) == ["home-garden"] && tree.map(\.productCount) == [1])
                #expect(tree.flatMap(\.children).map(\.title) == ["Kitchen"])
                var query = ProductQuery()
                query.category = "home-garden"
                #expect(try await products.products(query).items == [mug])
            }
        }
    }

    @Test func stockIsReservedSoldAndPutBack() async throws {
        try await onBoth { products, wire in
            let mug = try await wire.calling(as: everyPermission) {
                try await products.create(Self.draft("Mug")).value
            }
            let (variant, order, other) = (mug.variants[0].id, OrderID(), OrderID())
            func reservation(_ order: OrderID, _ quantity: Int) -> StockReservation {
                StockReservation(
                    order: order, lines: [.init(variant: variant, quantity: quantity)], lifetime: .seconds(600))
            }
            try await wire.calling(as: .system("checkout")) {
                try await products.reserve(reservation(order, 3))
                try await products.reserve(reservation(order, 3))
                let short = await refusal { try await products.reserve(reservation(other, 3)) }
                #expect(short?.code == "out_of_stock")
                #expect(short?.fields.map(\.field) == ["lines[0].quantity"])
                try await products.releaseReservation(for: other)
                try await products.commitReservation(for: order)
                let sold = try await products.stockLevels(page: PageRequest(wantsCount: true))
                #expect(sold.items.first { $0.variantID == variant }?.onHand == 2 && sold.count == 2)
                try await products.restock(order: order)
                let level = try await products.adjustStock(
                    StockAdjustment(variant: variant, change: .by(-1), reason: "broken"))
                #expect(level.value.onHand == 4 && level.value.available == 4)
                let movements = try await products.stockMovements(variant, page: PageRequest(limit: 2))
                #expect(movements.items.map(\.kind) == [.adjustment, .restock] && movements.nextCursor != nil)
                #expect(movements.items.map(\.orderID) == [nil, order])
            }
        }
    }

    @Test func customersAreNoStaff() async throws {
        try await onBoth { products, wire in
            for (principal, code) in [(Principal.anonymous, "unauthenticated"), (.customer(CustomerID()), "forbidden")]
            {
                let caught = await refusal {
                    try await wire.calling(as: principal) { try await products.create(Self.draft("Mug")) }
                }
                #expect(caught?.code == code)
            }
        }
    }
}
