import AuthContract
import Commerce
import EventLog
import Logging
import ProductContract
import ProductService
import ServiceKit
import TestSupport

/// A catalogue on a new database, to import into.
struct Shop: Sendable {
    let service: any Products

    func level(_ variant: VariantID) async throws -> StockLevel? {
        try await asStaff {
            try await service.stockLevels(page: PageRequest(limit: 100)).items.first { $0.variantID == variant }
        }
    }

    /// What is on hand according to the ledger.
    func ledger(_ variant: VariantID) async throws -> Int {
        try await asStaff {
            let page = try await service.stockMovements(variant, page: PageRequest(limit: 100))
            return page.items.reduce(0) { $0 + $1.quantity }
        }
    }

    func reserve(_ order: OrderID, _ lines: [(VariantID, Int)]) async throws {
        try await service.reserve(
            StockReservation(
                order: order, lines: lines.map { StockReservation.Line(variant: $0.0, quantity: $0.1) },
                lifetime: .seconds(600)))
    }

    func titles(_ edit: (inout ProductQuery) -> Void) async throws -> [String] {
        var query = ProductQuery()
        edit(&query)
        return try await service.products(query).items.map(\.title)
    }
}

func withShop(_ body: (Shop) async throws -> Void) async throws {
    try await withDatabase(ProductService.migrations) { database in
        try await withEventLog { log in
            try await body(Shop(service: ProductService(database: database, log: log, logger: Logger(label: "test"))))
        }
    }
}

func asStaff<Value>(_ body: () async throws -> Value) async throws -> Value {
    let staff = Principal.staff(CustomerID(), permissions: Set(Permission.allCases))
    return try await CallContext(principal: staff).run(body)
}

extension Product {
    var firstVariant: VariantID { variants.first?.id ?? VariantID() }
}

/// The error a call throws, as its callers see it.
func refusal(_ body: () async throws -> Void) async -> ServiceError? {
    do {
        try await body()
        return nil
    } catch {
        return error as? ServiceError
    }
}
