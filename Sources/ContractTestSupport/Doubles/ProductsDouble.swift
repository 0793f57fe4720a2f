package import Commerce
package import ProductContract
package import ServiceKit

/// A catalogue that records its inputs and returns what it is given.
package struct ProductsDouble: Products {
    package var recorder: CallRecorder
    package var product: Product
    package var page: ProductPage
    package var details: [VariantDetail]
    package var level: StockLevel
    package var movements: [StockMovement]
    package var replayed: Bool
    package var currency: Currency?

    package init(
        recorder: CallRecorder = CallRecorder(), product: Product = Samples.fullProduct,
        page: ProductPage = Samples.fullProductPage,
        details: [VariantDetail] = [Samples.fullDetail, Samples.sparseDetail], level: StockLevel = Samples.level,
        movements: [StockMovement] = Samples.movements, replayed: Bool = false, currency: Currency? = .kwd
    ) {
        self.recorder = recorder
        self.product = product
        self.page = page
        self.details = details
        self.level = level
        self.movements = movements
        self.replayed = replayed
        self.currency = currency
    }

    package func products(_ query: ProductQuery) async throws -> ProductPage {
        try await recorder.note("products", query)
        return page
    }

    package func product(_ idOrHandle: String) async throws -> Product {
        try await recorder.note("product", idOrHandle)
        return product
    }

    package func variants(_ ids: [VariantID]) async throws -> [VariantDetail] {
        try await recorder.note("variants", ids)
        return details
    }

    package func categories() async throws -> [ProductContract.Category] {
        try await recorder.note("categories", 0)
        return Samples.categories
    }

    package func shopCurrency() async throws -> Currency? {
        try await recorder.note("shopCurrency", 0)
        return currency
    }

    package func reserve(_ reservation: StockReservation) async throws {
        try await recorder.note("reserve", reservation)
    }
    package func commitReservation(for order: OrderID) async throws {
        try await recorder.note("commitReservation", order)
    }
    package func releaseReservation(for order: OrderID) async throws {
        try await recorder.note("releaseReservation", order)
    }
    package func restock(order: OrderID) async throws { try await recorder.note("restock", order) }

    package func create(_ draft: ProductDraft) async throws -> Outcome<Product> {
        try await recorder.note("create", draft)
        return Outcome(product, replayed: replayed)
    }

    package func update(_ idOrHandle: String, _ change: ProductChange) async throws -> Product {
        try await recorder.note("update", change)
        return product
    }

    package func save(_ draft: ProductDraft) async throws -> SaveResult {
        try await recorder.note("save", draft)
        return .unchanged
    }

    package func currencies(of handles: [String]) async throws -> [String: Currency] {
        try await recorder.note("currencies", handles)
        return ["mug": .eur, "": .kwd]
    }

    package func archive(_ idOrHandle: String) async throws { try await recorder.note("archive", idOrHandle) }

    package func adjustStock(_ adjustment: StockAdjustment) async throws -> Outcome<StockLevel> {
        try await recorder.note("adjustStock", adjustment)
        return Outcome(level, replayed: replayed)
    }

    package func stockLevels(page: PageRequest) async throws -> Page<StockLevel> {
        try await recorder.note("stockLevels", page)
        return Page(items: [level], nextCursor: nil, count: nil)
    }

    package func stockMovements(_ variant: VariantID, page: PageRequest) async throws -> Page<StockMovement> {
        try await recorder.note("stockMovements", page)
        return Page(items: movements, nextCursor: "after", count: 7)
    }
}
