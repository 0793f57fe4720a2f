import Commerce

/// What a list shows of all variants of a product that are sold.
struct VariantSummary {
    let count: Int
    let lowest: Money
    let highest: Money
    let isAvailable: Bool
}
