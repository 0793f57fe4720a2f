import Commerce
import ProductContract
import ServiceKit

/// Turns a reservation into a sale.
struct CommitReservation {
    let store: CatalogueStore

    /// Throws 409 `reservation_expired` when it was released, or ran out and the stock is gone.
    func run(for order: OrderID) async throws {
        try await store.change { try Self.commit(order, in: $0) }
    }

    private static func commit(_ order: OrderID, in change: CatalogueTransaction) throws {
        try change.lock(order)
        var reserved = try change.moveReservation(of: order, from: .held, to: .committed)
        let wasHeld = !reserved.isEmpty
        if !wasHeld {
            guard try !change.hasSold(to: order) else { return }
            guard try !change.isAbandoned(order) else { throw CatalogueError.reservationExpired }
            reserved = try change.moveReservation(of: order, from: .released, to: .committed)
            guard !reserved.isEmpty else { throw ServiceError.reservationNotFound }
        }
        try change.bumpVersions(of: reserved.map(\.variant))
        if !wasHeld { reserved = try reserved.map { try retake($0, for: order, in: change) } }
        for stock in reserved where stock.taken > 0 { try change.sell(stock, to: order) }
    }

    private static func retake(
        _ released: ReservedStock, for order: OrderID, in change: CatalogueTransaction
    ) throws -> ReservedStock {
        guard let taken = try change.take(released.quantity, of: released.variant) else {
            throw CatalogueError.reservationExpired
        }
        let stock = ReservedStock(variant: released.variant, quantity: released.quantity, taken: taken)
        try change.retake(stock, for: order)
        return stock
    }
}
