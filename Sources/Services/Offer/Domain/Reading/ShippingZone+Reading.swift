import Commerce

extension ShippingZone {
    static func read(from root: NodeReader) -> [ShippingZone] {
        var taken: Set<String> = []
        return root.objects("shipping", known: ["countries", "options"], required: true).map { reader in
            let countries = reader.strings("countries", required: true)
            for (index, country) in countries.enumerated() {
                let name = "countries[\(index)]"
                if country != restOfWorld, !Countries.codes.contains(country) {
                    reader.fault(
                        name, FieldCode.invalidCountry, "must be an ISO 3166-1 alpha-2 code, or * for all others")
                } else if !taken.insert(country).inserted {
                    reader.fault(name, FieldCode.duplicate, "belongs to two zones")
                }
            }
            var ids: Set<String> = []
            let known: Set<String> = ["id", "name", "estimate", "prices", "free_from"]
            let options = reader.objects("options", known: known, required: true).compactMap { option in
                option.string("id", limit: 100).flatMap { id -> Option? in
                    if !ids.insert(id).inserted {
                        option.fault("id", FieldCode.duplicate, "is used twice in this zone")
                    }
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
