import Commerce

/// What an order reserves of one variant.
struct ReservedStock {
    let variant: VariantID
    let quantity: Int
    /// Units of the counted stock: the quantity, or 0 when stock is not tracked.
    let taken: Int
}
