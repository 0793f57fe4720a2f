import Commerce

/// A tax that comes on top of the price.
struct TaxRule: Hashable, Sendable {
    var country: String
    /// Codes or names, in upper case; empty: the whole country.
    var regions: Set<String>
    /// 1 % is 100.
    var basisPoints: Int
    /// Whether shipping is taxed as well.
    var includesShipping: Bool
}

extension Rules {
    /// The tax on an order, rounded once; zero while the address is unknown. Throws `MoneyError`.
    func tax(goods: Money, shipping: Money, to address: Address?) throws -> Money {
        guard let address, let rule = taxRule(for: address) else { return .zero(goods.currency) }
        let base = rule.includesShipping ? try goods.adding(shipping) : goods
        return try base.share(basisPoints: rule.basisPoints)
    }

    private func taxRule(for address: Address) -> TaxRule? {
        let country = address.country.uppercased()
        let here = taxes.filter { $0.country == country }
        var region = CodeText.normalised(address.region ?? "")
        // ISO 3166-2 codes carry the country: US-CA.
        if region.hasPrefix(country + "-") { region = String(region.dropFirst(country.count + 1)) }
        return here.first { $0.regions.contains(region) } ?? here.first(where: \.regions.isEmpty)
    }
}
