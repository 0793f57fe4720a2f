import ProductContract
import ServiceKit

/// Sets or changes what is on hand of a variant.
struct AdjustStock {
    let store: CatalogueStore

    /// Throws 404 `variant_not_found`, and 422 when what is on hand would fall below what is reserved.
    func run(_ adjustment: StockAdjustment, key: IdempotencyKey?) async throws -> Outcome<StockLevel> {
        try await store.change { change in
            try change.once(key) { try Self.adjust(adjustment, in: change) }
        }
    }

    private static func adjust(_ adjustment: StockAdjustment, in change: CatalogueTransaction) throws -> StockLevel {
        guard let variant = try change.locked(adjustment.variant) else { throw ServiceError.variantNotFound }
        guard let level = try adjustment.applied(to: variant) else { return variant.level }
        try change.writeStock(level)
        if level.onHand != variant.onHand {
            try change.record(
                Movement(
                    kind: .adjustment, quantity: level.onHand - variant.onHand, reason: adjustment.reason),
                of: variant.id)
        }
        try change.bumpVersions(of: [variant.id])
        return level
    }
}
