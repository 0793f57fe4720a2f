import Commerce
import ProductContract
import ServiceKit

extension StockAdjustment {
    /// The variant's stock with this adjustment made; nil when it changes nothing. Throws 422 when what is on hand would
    /// fall below what is reserved.
    func applied(to variant: VariantRecord) throws(ServiceError) -> StockLevel? {
        let onHand: Int
        let field: String
        switch change {
        case .untrack:
            return variant.tracked ? level(of: variant, tracked: false, onHand: variant.onHand) : nil
        case .set(let counted):
            (onHand, field) = (counted, "set")
        case .by(let difference):
            guard variant.tracked else {
                throw .invalid(
                    "by", code: ProductFieldCode.notTracked, "set what is on hand first: stock is not tracked")
            }
            let (sum, overflow) = variant.onHand.addingReportingOverflow(difference)
            (onHand, field) = (overflow ? -1 : sum, "by")
        }
        guard (0...DraftLimits.quantity).contains(onHand) else {
            throw .invalid(
                field, code: FieldCode.outOfRange, "what is on hand must be from 0 to \(DraftLimits.quantity)")
        }
        guard onHand >= variant.reserved else {
            throw .invalid(field, code: ProductFieldCode.belowReserved, "\(variant.reserved) are reserved for orders")
        }
        guard !variant.tracked || onHand != variant.onHand else { return nil }
        return level(of: variant, tracked: true, onHand: onHand)
    }

    private func level(of variant: VariantRecord, tracked: Bool, onHand: Int) -> StockLevel {
        StockLevel(
            variantID: variant.id, sku: variant.sku, tracked: tracked, onHand: onHand, reserved: variant.reserved)
    }
}
