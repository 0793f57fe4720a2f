import Commerce

extension ShippingZone {
    static func read(from root: NodeReader) -> [ShippingZone] {
        var taken: Set<String> = []
        return root.objects("shipping", known: ["countries", "options"], required: true).map { reader in
            let countries = reader.strings("countries", required: true)
            for (index, country) in countries.enumerated() {
                let name = "countries[\(index)]"
                if country != restOfWorld, !Countries.codes.contains(country) {
                    reader.fault(name, "invalid_country", "must be an ISO 3166-1 alpha-2 code, or * for all others")
                } else if !taken.insert(country).inserted {
                    reader.fault(name, "duplicate", "belongs to two zones")
                }
            }
            var ids: Set<String> = []
            let known: Set<String> = ["id", "name", "estimate", "prices", "free_from"]
            let options = reader.objects("options", known: known, required: true).compactMap { option in
                option.string("id", limit: 100).flatMap { id -> Option? in
                    if !ids.insert(id).inserted { option.fault("id", "duplicate", "is used twice in this zone") }
                    return read(option, id: id)
                }
            }
            return ShippingZone(countries: Set(countries), options: options)
        }
    }

    private static func read(_ reader: NodeReader, id: String) -> Option? {
        let name = reader.string("name")
        let estimate = reader.string("estimate")
        let prices = reader.amounts("prices", required: true, minimum: 0)
        let freeFrom = reader.amounts("free_from")
        guard let name, let estimate, let prices else { return nil }
        return Option(id: id, name: name, estimate: estimate, prices: prices, freeFrom: freeFrom)
    }
}

extension TaxRule {
    static func read(from root: NodeReader) -> [TaxRule] {
        var taken: Set<String> = []
        let known: Set<String> = ["country", "regions", "basis_points", "includes_shipping"]
        return root.objects("taxes", known: known).compactMap { reader in
            let country = reader.country("country")
            let basisPoints = reader.integer("basis_points", in: 0...10_000, required: true)
            let includesShipping = reader.flag("includes_shipping")
            let names = reader.strings("regions")
            guard let country, let basisPoints else { return nil }
            let regions = codes(of: names, in: country, reader)
            if regions.isEmpty, !names.isEmpty { return nil }
            let places = regions.isEmpty ? [TaxRule.place(country)] : regions.map { "\(country)-\($0)" }
            for place in places where !taken.insert(place).inserted {
                reader.fault(regions.isEmpty ? "country" : "regions", "duplicate", "is taxed by another rule")
            }
            return TaxRule(
                country: country, regions: regions, basisPoints: basisPoints, includesShipping: includesShipping)
        }
    }

    /// The regions' codes; a code and a name of the same region are one.
    private static func codes(of names: [String], in country: String, _ reader: NodeReader) -> Set<String> {
        let known = Regions.of(country)
        return Set(
            names.enumerated().compactMap { index, name in
                if let code = known?.code(for: name) { return code }
                reader.fault(
                    "regions[\(index)]", "unknown_region",
                    "\"\(name)\" is no region of \(country): give its ISO 3166-2 code or its name")
                return nil
            })
    }
}
