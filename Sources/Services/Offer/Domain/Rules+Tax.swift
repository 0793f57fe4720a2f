import Commerce

extension Rules {
    /// Whether tax cannot be known: there are taxes, but no address, or none of the regions that decide about them.
    func isTaxPending(for address: Address?) -> Bool {
        guard !taxes.isEmpty else { return false }
        guard let address else { return true }
        return regionCountries.contains(address.country) && address.regionProblem != nil
    }

    /// The tax on an order, rounded once; zero while it is pending. Throws `MoneyError`.
    func tax(goods: Money, shipping: Money, to address: Address?) throws -> Money {
        guard let address, !isTaxPending(for: address), let rule = taxRule(for: address) else {
            return .zero(goods.currency)
        }
        let base = rule.includesShipping ? try goods.adding(shipping) : goods
        return try base.share(basisPoints: rule.basisPoints)
    }

    private func taxRule(for address: Address) -> TaxRule? {
        let here = taxes.filter { $0.country == address.country }
        let region = address.regionCode
        if let region, let rule = here.first(where: { $0.regions.contains(region) }) { return rule }
        return territoryRule(for: address.country, region) ?? here.first(where: \.regions.isEmpty)
    }

    /// Some regions of the United States are countries of their own in ISO 3166-1. People write their addresses both
    /// ways, so a rule for one is a rule for the other.
    private func territoryRule(for country: String, _ region: String?) -> TaxRule? {
        let territories = TaxRule.territories
        if country == "US", let region, territories.contains(region) {
            return taxes.first { $0.country == region && $0.regions.isEmpty }
        }
        guard territories.contains(country) else { return nil }
        return taxes.first { $0.country == "US" && $0.regions.contains(country) }
    }
}
