import Commerce

/// What sending costs to some countries.
struct ShippingZone: Hashable, Sendable {
    static let restOfWorld = "*"

    struct Option: Hashable, Sendable {
        var id: String
        var name: String
        var estimate: String
        var prices: CurrencyAmounts
        /// From this amount of goods after discounts it costs nothing.
        var freeFrom: CurrencyAmounts?
    }

    /// ISO 3166-1 alpha-2, or ``restOfWorld``.
    var countries: Set<String>
    var options: [Option]
}
