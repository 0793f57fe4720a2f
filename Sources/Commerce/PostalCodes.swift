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
