import Commerce
import ProductContract
import ServiceKit

/// A catalogue that records its inputs and returns what it is given.
struct ProductsDouble: Products {
    var recorder = CallRecorder()
    var product = Samples.fullProduct
    var page = Samples.fullProductPage
    var details = [Samples.fullDetail, Samples.sparseDetail]
    var level = Samples.level
    var movements = Samples.movements
    var replayed = false
    var currency: Currency? = .kwd

    func products(_ query: ProductQuery) async throws -> ProductPage {
        try await recorder.note("products", query)
        return page
    }

    func product(_ idOrHandle: String) async throws -> Product {
        try await recorder.note("product", idOrHandle)
        return product
    }

    func variants(_ ids: [VariantID]) async throws -> [VariantDetail] {
        try await recorder.note("variants", ids)
        return details
    }

    func categories() async throws -> [ProductContract.Category] {
        try await recorder.note("categories", 0)
        return Samples.categories
    }

    func shopCurrency() async throws -> Currency? {
        try await recorder.note("shopCurrency", 0)
        return currency
    }

    func reserve(_ reservation: StockReservation) async throws { try await recorder.note("reserve", reservation) }
    func commitReservation(for order: OrderID) async throws { try await recorder.note("commitReservation", order) }
    func releaseReservation(for order: OrderID) async throws { try await recorder.note("releaseReservation", order) }
    func restock(order: OrderID) async throws { try await recorder.note("restock", order) }

    func create(_ draft: ProductDraft) async throws -> Outcome<Product> {
        try await recorder.note("create", draft)
        return Outcome(product, replayed: replayed)
    }

    func update(_ idOrHandle: String, _ change: ProductChange) async throws -> Product {
        try await recorder.note("update", change)
        return product
    }

    func save(_ draft: ProductDraft) async throws -> SaveResult {
        try await recorder.note("save", draft)
        return .unchanged
    }

    func currencies(of handles: [String]) async throws -> [String: Currency] {
        try await recorder.note("currencies", handles)
        return ["mug": .eur, "": .kwd]
    }

    func archive(_ idOrHandle: String) async throws { try await recorder.note("archive", idOrHandle) }

    func adjustStock(_ adjustment: StockAdjustment) async throws -> Outcome<StockLevel> {
        try await recorder.note("adjustStock", adjustment)
        return Outcome(level, replayed: replayed)
    }

    func stockLevels(page: PageRequest) async throws -> Page<StockLevel> {
        try await recorder.note("stockLevels", page)
        return Page(items: [level], nextCursor: nil, count: nil)
    }

    func stockMovements(_ variant: VariantID, page: PageRequest) async throws -> Page<StockMovement> {
        try await recorder.note("stockMovements", page)
        return Page(items: movements, nextCursor: "after", count: 7)
    }
}
