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
    package typealias Problem = (field: String, code: String, detail: String)

    /// What is wrong with the address, field by field; empty when it can be used.
    package var problems: [Problem] {
        var found: [Problem] = []
        func check(_ field: String, _ value: String?, required: Bool, limit: Int = 200) {
            let value = value ?? ""
            if required, value.allSatisfy(\.isWhitespace) { found.append((field, "required", "must not be empty")) }
            // Not characters as people count them: one of those may be of any length.
            if value.unicodeScalars.count > limit {
                found.append((field, "too_long", "must have at most \(limit) characters"))
            }
            if value.unicodeScalars.contains(where: { $0.value < 32 || $0.value == 127 }) {
                found.append((field, "invalid_characters", "must not contain control characters"))
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
            found.append(("country", "invalid_country", "must be an ISO 3166-1 alpha-2 code, such as US"))
        }
        return found
    }
}

/// ISO 3166-1 alpha-2, officially assigned codes.
package enum Countries {
    package static let codes = Set(
        """
        AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ \
        CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO \
        FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE \
        JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO \
        MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW \
        PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM \
        TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW
        """.split(separator: " ").map(String.init))
}

/// Where an address needs a postal code.
package enum PostalCodes {
    /// False where there are none, such as Hong Kong, and where mail arrives without them, such as Ireland.
    package static func areRequired(in country: String) -> Bool {
        needing.contains(country) || !Countries.codes.contains(country)
    }

    /// The countries whose addresses are incomplete without one, by Google's address metadata (docs/addresses.md).
    private static let needing = Set(
        """
        AS AT AU AX BE BL BR CA CH CN CZ DE DK EE ES FI FK FM FR GB GF GG GL GP GR GS GU HU IM IN IO IT JE JP KR LI LT \
        LU LV MF MH MP MQ MX MY NC NL NO NZ PF PL PM PN PR PT PW RE RO RU SE SG SH SJ SK SM TC TR TW UA US VI WF YT ZA
        """.split(separator: " ").map(String.init))
}

/// Light checks on an e-mail address; the confirmation mail is the real test.
package enum EmailAddress {
    /// The address trimmed and in lower case, or nil when it is not one: ASCII only, as mail servers without SMTPUTF8
    /// take it; a dot-atom (RFC 5322) of at most 64 bytes, and a domain of at least two labels; at most 254 bytes.
    package static func normalised(_ text: String) -> String? {
        let start = text.trimmingPrefix(while: \.isWhitespace)
        let trimmed = start[..<(start.lastIndex { !$0.isWhitespace }.map(start.index(after:)) ?? start.endIndex)]
        let bytes = trimmed.utf8.map { (65...90).contains($0) ? $0 + 32 : $0 }
        let parts = bytes.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        guard bytes.count <= 254, parts.count == 2, parts[0].count <= 64, isLocalPart(parts[0]), isDomain(parts[1])
        else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static let atomSigns = Set("!#$%&'*+-/=?^_`{|}~".utf8)

    private static func isLocalPart(_ bytes: ArraySlice<UInt8>) -> Bool {
        bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { atom in
            !atom.isEmpty && atom.allSatisfy { isLetterOrDigit($0) || atomSigns.contains($0) }
        }
    }

    private static func isDomain(_ bytes: ArraySlice<UInt8>) -> Bool {
        let hyphen = UInt8(ascii: "-")
        let labels = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return labels.count >= 2
            && labels.allSatisfy { label in
                (1...63).contains(label.count) && label.first != hyphen && label.last != hyphen
                    && label.allSatisfy { isLetterOrDigit($0) || $0 == hyphen }
            }
    }

    /// After capitals became small.
    private static func isLetterOrDigit(_ byte: UInt8) -> Bool { (97...122).contains(byte) || (48...57).contains(byte) }
}
