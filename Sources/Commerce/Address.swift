/// A postal address as a customer writes it.
package struct Address: Hashable, Sendable, Codable {
    package var name: String
    package var line1: String
    package var line2: String?
    package var city: String
    /// As the customer wrote it; an ISO 3166-2 code where tax depends on it.
    package var region: String?
    /// Empty where there is none.
    package var postalCode: String
    /// ISO 3166-1 alpha-2, upper case.
    package var country: String
    package var phone: String?

    package init(
        name: String, line1: String, line2: String? = nil, city: String, region: String? = nil, postalCode: String,
        country: String, phone: String? = nil
    ) {
        self.name = name
        self.line1 = line1
        self.line2 = line2
        self.city = city
        self.region = region
        self.postalCode = postalCode
        self.country = country
        self.phone = phone
    }

    enum CodingKeys: String, CodingKey {
        case name, line1, line2, city, region, country, phone
        case postalCode = "postal_code"
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(name, forKey: .name)
        try container.encode(line1, forKey: .line1)
        try container.encode(line2, forKey: .line2)
        try container.encode(city, forKey: .city)
        try container.encode(region, forKey: .region)
        try container.encode(postalCode, forKey: .postalCode)
        try container.encode(country, forKey: .country)
        try container.encode(phone, forKey: .phone)
    }

    /// What is wrong with one field.
    package typealias Problem = (field: String, code: FieldCode, detail: String)

    /// What is wrong with the address, field by field; empty when it can be used.
    package var problems: [Problem] {
        var found: [Problem] = []
        func check(_ field: String, _ value: String?, required: Bool, limit: Int = 200) {
            let value = value ?? ""
            if required, value.isBlank { found.append((field, .required, "must not be empty")) }
            // Not characters as people count them: one of those may be of any length.
            if value.unicodeScalars.count > limit {
                found.append((field, .tooLong, "must have at most \(limit) characters"))
            }
            if value.unicodeScalars.contains(where: { $0.value < 32 || $0.value == 127 }) {
                found.append((field, .invalidCharacters, "must not contain control characters"))
            }
        }
        check("name", name, required: true)
        check("line1", line1, required: true)
        check("line2", line2, required: false)
        check("city", city, required: true)
        check("region", region, required: false)
        check("postal_code", postalCode, required: PostalCodes.areRequired(in: country), limit: 20)
        check("phone", phone, required: false, limit: 40)
        if !Countries.codes.contains(country) {
            found.append(("country", .invalidCountry, "must be an ISO 3166-1 alpha-2 code, such as US"))
        }
        return found
    }
}
