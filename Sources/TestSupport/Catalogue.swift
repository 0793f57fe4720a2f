package import Commerce
package import ProductContract
import ServiceKit

/// A catalogue with questions of tests.
package protocol Catalogue {
    var service: any Products { get }
}

extension Catalogue {
    package func level(_ variant: VariantID) async throws -> StockLevel? {
        try await asStaff {
            try await service.stockLevels(page: PageRequest(limit: 100)).items.first { $0.variantID == variant }
        }
    }

    /// What is on hand according to the ledger.
    package func ledger(_ variant: VariantID) async throws -> Int {
        try await asStaff {
            let page = try await service.stockMovements(variant, page: PageRequest(limit: 100))
            return page.items.reduce(0) { $0 + $1.quantity }
        }
    }

    package func reserve(
        _ order: OrderID, _ lines: [(VariantID, Int)], for lifetime: Duration = .seconds(600)
    ) async throws {
        try await service.reserve(
            StockReservation(
                order: order, lines: lines.map { StockReservation.Line(variant: $0.0, quantity: $0.1) },
                lifetime: lifetime))
    }

    package func titles(_ edit: (inout ProductQuery) -> Void) async throws -> [String] {
        var query = ProductQuery()
        edit(&query)
        return try await service.products(query).items.map(\.title)
    }
}
