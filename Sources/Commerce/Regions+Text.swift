extension Regions {
    /// A region as it stands on parcels: its code where that is the custom, else its name; nil when it is blank.
    package static func text(_ region: String, in country: String) -> String? {
        if region.isBlank { return nil }
        let regions = Regions.of(country)
        if writesCodes.contains(country) { return regions?.code(for: region) ?? region }
        return regions?.name(of: region) ?? region
    }

    private static let writesCodes: Set = ["AU", "BR", "CA", "IT", "US"]
}
