package import Commerce

/// A change of what is on hand, by staff.
package struct StockAdjustment: Hashable, Sendable {
    package enum Change: Hashable, Sendable {
        /// What was counted in the warehouse, reserved units included.
        case set(Int)
        /// More or fewer units.
        case by(Int)
        /// From now on sold without counting.
        case untrack
    }
    package var variant: VariantID
    package var change: Change
    package var reason: String

    package init(variant: VariantID, change: Change, reason: String) {
        self.variant = variant
        self.change = change
        self.reason = reason
    }
}
