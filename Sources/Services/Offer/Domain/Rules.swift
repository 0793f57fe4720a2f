import Commerce

/// Everything that makes a price: checked once when the document is read, never changed afterwards.
struct Rules: Sendable {
    /// ISO 3166-1 alpha-2: where a parcel goes when the customer has not said so yet.
    var homeCountry: String
    /// In the order they are applied.
    var promotions: [Promotion]
    var zones: [ShippingZone]
    var taxes: [TaxRule]
    /// Where tax depends on the region.
    var regionCountries: Set<String>

    init(homeCountry: String, promotions: [Promotion], zones: [ShippingZone], taxes: [TaxRule]) {
        self.homeCountry = homeCountry
        // Their order in the document does not matter: only the declared priority and the id do.
        self.promotions = promotions.sorted { ($1.priority, $0.id) < ($0.priority, $1.id) }
        self.zones = zones
        self.taxes = taxes
        regionCountries = Set(taxes.filter { !$0.regions.isEmpty }.map(\.country))
    }
}
