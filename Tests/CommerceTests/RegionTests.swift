import Commerce
import Testing

@Suite struct RegionTests {
    @Test(
        arguments: [
            ("US", "California", "CA"), ("US", " ca ", "CA"), ("US", "US-CA", "CA"), ("US", "Calif.", "CA"),
            ("US", "CALIFORNIA", "CA"), ("US", "N.Y.", "NY"), ("US", "new york", "NY"),
            ("US", "Washington, D.C.", "DC"),
            ("US", "Washington", "WA"), ("US", "Puerto Rico", "PR"), ("US", "AE", "AE"), ("US", "us-ap", "AP"),
            ("CA", "Québec", "QC"), ("CA", "quebec", "QC"), ("CA", "Newfoundland & Labrador", "NL"),
            ("CA", "CA-ON", "ON"), ("AU", "Tasmania", "TAS"), ("IT", "Milano", "MI"), ("DE", "Bayern", "BY"),
            ("JP", "東京都", "13"), ("JP", "JP-13", "13"), ("IN", "IN-IN", nil), ("US", "Ontario", nil),
            ("US", "", nil), ("US", "Kalifornistan", nil), ("US", "-", nil), ("HK", "Kowloon", nil),
            ("MX", "Ciudad de México", "CMX"), ("BR", "Sao Paulo", "SP"), ("GB", "England", "ENG"),
        ] as [(String, String, String?)])
    func spellingsAreReadAsCodes(country: String, text: String, code: String?) {
        #expect(Regions.of(country)?.code(for: text) == code, "\(country) \(text)")
    }

    @Test func everyListIsUniqueAndKnowsItsCodesAndNames() throws {
        let lists = Countries.codes.sorted().compactMap(Regions.of)
        #expect(lists.count == 200)
        for list in lists {
            #expect(Set(list.all.map(\.code)).count == list.all.count, "\(list.country)")
            #expect(Set(list.all.map(\.name)).count == list.all.count, "\(list.country)")
            for region in list.all {
                #expect(list.code(for: region.code) == region.code)
                #expect(list.code(for: "\(list.country)-\(region.code)") == region.code)
                #expect(list.code(for: region.name) == region.code, "\(list.country): \(region.name)")
            }
        }
        let states = try #require(Regions.of("US"))
        #expect(states.all.count == 60)
        #expect(states.all.first?.code == "AL" && states.all.first?.name == "Alabama")
    }

    @Test func longTextsAreRefused() {
        #expect(Regions.of("US")?.code(for: String(repeating: "é", count: 100_000)) == nil)
        #expect(Regions.of("US")?.code(for: "C" + String(repeating: "\u{301}", count: 100_000)) == nil)
    }

    @Test func anAddressReportsItsRegionProblem() {
        #expect(address("US", region: nil).regionProblem?.code == .required)
        #expect(address("US", region: "  ").regionProblem?.code == .required)
        #expect(address("US", region: "Nowhere").regionProblem?.code == .unknownRegion)
        #expect(address("US", region: "Texas").regionProblem == nil)
        #expect(address("HK", region: nil).regionProblem == nil)
        #expect(address("US", region: "texas").withRegionCode(in: ["US"]).region == "TX")
        #expect(address("US", region: "texas").withRegionCode(in: ["CA"]).region == "texas")
    }

    @Test(
        arguments: [
            ("US", "California", "CA"), ("US", "CA", "CA"), ("JP", "13", "Tokyo"), ("JP", "Tokyo", "Tokyo"),
            ("GB", "ENG", "England"), ("GB", "Kent", "Kent"), ("US", " ", nil), ("HK", "Kowloon", "Kowloon"),
        ] as [(String, String, String?)])
    func parcelsShowTheRegionAsCodeOrName(country: String, region: String, text: String?) {
        #expect(address(country, region: region).regionText == text)
    }

    @Test(arguments: ["HK", "AE", "IE", "PA"]) func thePostalCodeIsOptional(country: String) {
        #expect(address(country, region: nil, postalCode: "").problems.isEmpty)
    }

    @Test(arguments: ["US", "GB", "DE", "JP"]) func thePostalCodeIsRequired(country: String) {
        #expect(address(country, region: nil, postalCode: " ").problems.map(\.field) == ["postal_code"])
        #expect(address(country, region: nil).problems.isEmpty)
    }

    private func address(_ country: String, region: String?, postalCode: String = "90001") -> Address {
        Address(
            name: "Ada", line1: "1 Hill St", city: "Somewhere", region: region, postalCode: postalCode, country: country
        )
    }
}
