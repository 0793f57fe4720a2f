import AuthContract
package import Commerce
package import ProductContract
package import ServiceKit

extension ProductService {
    package func reserve(_ reservation: StockReservation) async throws {
        try await boundary.call {
            try reservation.validate()
            try await ReserveStock(store: store, refused: stockRefused).run(reservation)
        }
    }

    package func commitReservation(for order: OrderID) async throws {
        try await boundary.call { try await CommitReservation(store: store).run(for: order) }
    }

    package func releaseReservation(for order: OrderID) async throws {
        try await boundary.call { try await ReleaseReservation(store: store).run(for: order) }
    }

    package func restock(order: OrderID) async throws {
        try await boundary.call { try await RestockOrder(store: store).run(order) }
    }

    package func adjustStock(_ adjustment: StockAdjustment) async throws -> Outcome<StockLevel> {
        try await boundary.call {
            try CallContext.current.principal.require(.inventoryWrite)
            try adjustment.validate()
            return try await AdjustStock(store: store).run(adjustment, key: CallContext.current.idempotency)
        }
    }

    package func stockLevels(page: PageRequest) async throws -> Page<StockLevel> {
        try await boundary.call {
            try CallContext.current.principal.require(.inventoryWrite)
            return try await ListStockLevels(store: store).run(page: page)
        }
    }

    package func stockMovements(
        _ variant: VariantID, page: PageRequest
    ) async throws -> Page<StockMovement> {
        try await boundary.call {
            try CallContext.current.principal.require(.inventoryWrite)
            return try await ListStockMovements(store: store).run(of: variant, page: page)
        }
    }

    /// Gives back what expired. The background services do it every five seconds.
    /// - Returns: How many orders lost their reservation.
    @discardableResult package func releaseExpired() async throws -> Int {
        try await boundary.call { try await ReleaseExpiredReservations(store: store).run() }
    }
}
