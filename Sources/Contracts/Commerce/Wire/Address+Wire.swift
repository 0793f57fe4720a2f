package import Commerce

extension Address {
    package init(wire: Magpie_Commerce_V1_Address) {
        self.init(
            name: wire.name, line1: wire.line1, line2: wire.hasLine2 ? wire.line2 : nil, city: wire.city,
            region: wire.hasRegion ? wire.region : nil, postalCode: wire.postalCode, country: wire.country,
            phone: wire.hasPhone ? wire.phone : nil)
    }
}

extension Magpie_Commerce_V1_Address {
    package init(_ address: Address) {
        name = address.name
        line1 = address.line1
        if let line2 = address.line2 { self.line2 = line2 }
        city = address.city
        if let region = address.region { self.region = region }
        postalCode = address.postalCode
        country = address.country
        if let phone = address.phone { self.phone = phone }
    }
}
