extension Address {
    /// The region as its ISO code; nil when it is missing or none of the country's.
    package var regionCode: String? {
        region.flatMap { text in Regions.of(country)?.code(for: text) }
    }

    /// Why the region cannot decide about tax; nil when it is known, or the country has no regions.
    package var regionProblem: Problem? {
        guard let regions = Regions.of(country), regionCode == nil else { return nil }
        let example = regions.all.first { $0.code == "CA" } ?? regions.all.first
        let hint = example.map { ", such as \($0.code) for \($0.name)" } ?? ""
        return (region ?? "").isBlank
            ? ("region", .required, "must name the state or region by its ISO 3166-2 code or its name\(hint)")
            : ("region", .unknownRegion, "is no region of \(country): give its ISO 3166-2 code or its name\(hint)")
    }

    /// The address with its region as ISO code, when it is in one of these countries and the region is known.
    package func withRegionCode(in countries: [String]) -> Address {
        guard countries.contains(country), let code = regionCode else { return self }
        var address = self
        address.region = code
        return address
    }

    /// The region as it stands on parcels; nil when there is none.
    package var regionText: String? { region.flatMap { Regions.text($0, in: country) } }
}
