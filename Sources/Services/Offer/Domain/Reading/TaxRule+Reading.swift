import Commerce

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
                reader.fault(regions.isEmpty ? "country" : "regions", FieldCode.duplicate, "is taxed by another rule")
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
                    "regions[\(index)]", FieldCode.unknownRegion,
                    "\"\(name)\" is no region of \(country): give its ISO 3166-2 code or its name")
                return nil
            })
    }
}
