import Commerce
import ProductContract
import SQL
import ServiceKit

extension CatalogueTransaction {
    /// Throws 404 `variant_not_found`, and 422 when what is on hand would fall below what is reserved.
    func adjust(_ adjustment: StockAdjustment) throws -> StockLevel {
        let variant = adjustment.variant
        guard let record = try locked(variant) else { throw CatalogueError.variantNotFound }
        let onHand: Int
        switch adjustment.change {
        case .untrack:
            guard record.tracked else { return record.level }
            try tx.execute("UPDATE stock SET tracked = 0 WHERE variant_id = \(variant)")
            try bumpVersions(of: [variant])
            return StockLevel(
                variantID: variant, sku: record.sku, tracked: false, onHand: record.onHand, reserved: record.reserved)
        case .set(let counted): onHand = counted
        case .by(let difference):
            guard record.tracked else {
                throw ServiceError.invalid("by", code: "not_tracked", "set what is on hand first: stock is not tracked")
            }
            let (sum, overflow) = record.onHand.addingReportingOverflow(difference)
            onHand = overflow ? -1 : sum
        }
        let field = if case .set = adjustment.change { "set" } else { "by" }
        guard (0...1_000_000_000).contains(onHand) else {
            throw ServiceError.invalid(field, code: "out_of_range", "what is on hand must be from 0 to 1000000000")
        }
        guard onHand >= record.reserved else {
            throw ServiceError.invalid(field, code: "below_reserved", "\(record.reserved) are reserved for orders")
        }
        guard !record.tracked || onHand != record.onHand else { return record.level }
        try tx.execute("UPDATE stock SET tracked = 1, on_hand = \(onHand) WHERE variant_id = \(variant)")
        try self.record(
            Movement(kind: .adjustment, quantity: onHand - record.onHand, reason: adjustment.reason), of: variant)
        try bumpVersions(of: [variant])
        return StockLevel(
            variantID: variant, sku: record.sku, tracked: true, onHand: onHand, reserved: record.reserved)
    }
}
