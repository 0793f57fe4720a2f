import Commerce

/// What is stored about the stock of a variant, in three places that must agree: the row of `stock`, the reservations
/// and the ledger of movements.
struct StockFacts: Sendable {
    /// The movements of a variant, added up as far as one of them.
    struct Ledger: Sendable {
        var units: Int64
        var lastMovement: Int64

        static let empty = Ledger(units: 0, lastMovement: 0)
    }

    var variant: VariantID
    var isTracked: Bool
    var onHand: Int64
    var reserved: Int64
    /// Units of the reservations that are held.
    var held: Int64
    var ledger: Ledger

    /// Units that were sold or are held for orders, beyond what the ledger says there is.
    var oversold: Int64 { isTracked ? max(0, held - ledger.units) : 0 }

    /// Whether the row of `stock` says something else than the ledger or the reservations.
    var isMismatch: Bool { (isTracked && onHand != ledger.units) || reserved != held }
}
