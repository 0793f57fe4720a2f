import Commerce
import CoreMetrics
import ProductContract
import ServiceKit

/// Takes stock aside for an order, every line or none.
struct ReserveStock {
    let store: CatalogueStore
    /// Counts those that are refused for stock.
    let refused: any CounterHandler

    func run(_ reservation: StockReservation) async throws {
        do {
            try await store.change { try Self.reserve(reservation, in: $0) }
        } catch let error as ServiceError where error.has(ProductErrorCode.outOfStock) {
            refused.increment(by: 1)
            throw error
        }
    }

    private static func reserve(_ reservation: StockReservation, in change: CatalogueTransaction) throws {
        try change.lock(reservation.order)
        if let state = try change.reservationState(of: reservation.order) {
            guard state != .released else { throw CatalogueError.reservationExpired }
            return
        }
        var lines: [VariantID: [Int]] = [:]
        for (index, line) in reservation.lines.enumerated() { lines[line.variant, default: []].append(index) }
        let variants = lines.keys.sorted()
        try change.bumpVersions(of: variants)
        let sold = try change.variantsOnSale(variants)
        guard sold.count == variants.count else { throw ServiceError.variantNotFound }
        var faults: [(line: Int, left: Int)] = []
        for variant in variants {
            let indices = lines[variant] ?? []
            let quantity = indices.reduce(0) { $0 + reservation.lines[$1].quantity }
            guard let taken = try change.take(quantity, of: variant) else {
                let left = sold.first { $0.id == variant }.map { max(0, $0.onHand - $0.reserved) } ?? 0
                faults += indices.map { ($0, left) }
                continue
            }
            try change.hold(
                ReservedStock(variant: variant, quantity: quantity, taken: taken), for: reservation.order,
                until: change.now.advanced(by: reservation.lifetime))
        }
        guard faults.isEmpty else { throw CatalogueError.outOfStock(faults.sorted { $0.line < $1.line }) }
    }
}
