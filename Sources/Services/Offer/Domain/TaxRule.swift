import Commerce

/// A tax that comes on top of the price.
struct TaxRule: Hashable, Sendable {
    var country: String
    /// ISO 3166-2 without the country; empty: the whole country.
    var regions: Set<String>
    /// 1 % is 100.
    var basisPoints: Int
    /// Whether shipping is taxed as well.
    var includesShipping: Bool
}

extension TaxRule {
    /// Regions of the United States that are countries of their own in ISO 3166-1.
    static let territories: Set = ["AS", "GU", "MP", "PR", "UM", "VI"]

    /// The place that a rule for this whole country taxes, written as a region: `US-PR` for Puerto Rico, `DE-` for
    /// Germany.
    static func place(_ country: String) -> String { territories.contains(country) ? "US-\(country)" : "\(country)-" }
}
