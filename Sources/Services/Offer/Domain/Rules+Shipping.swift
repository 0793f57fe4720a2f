import Commerce
import OfferContract

extension Rules {
    /// The options for a parcel with goods of this value, cheapest first.
    ///
    /// - Parameter freed: Options made free by promotions: one set for each, nil for all options.
    func shippingOptions(
        to country: String?, goods: Money, freed: [Set<String>?]
    ) -> [ShippingOption] {
        let country = (country ?? homeCountry).uppercased()
        let zone =
            zones.first { $0.countries.contains(country) }
            ?? zones.first { $0.countries.contains(ShippingZone.restOfWorld) }
        let options = (zone?.options ?? []).compactMap { option -> ShippingOption? in
            guard var price = option.prices.money(in: goods.currency) else { return nil }
            let isFreed = freed.contains { $0.map { $0.contains(option.id) } ?? true }
            let reached = option.freeFrom?.money(in: goods.currency).map { goods.amount >= $0.amount } ?? false
            if isFreed || reached { price = .zero(goods.currency) }
            return ShippingOption(id: option.id, name: option.name, price: price, estimate: option.estimate)
        }
        return options.sorted { ($0.price.amount, $0.id) < ($1.price.amount, $1.id) }
    }
}
