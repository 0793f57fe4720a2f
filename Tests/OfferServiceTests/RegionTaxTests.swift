import Commerce
import OfferContract
import OfferService
import ServiceKit
import Testing

/// Tax that depends on the region of a country.
@Suite struct RegionTaxTests {
    static let rules = document(
        "",
        taxes: #"""
            [{"country": "US", "regions": ["CA", "California"], "basis_points": 725},
             {"country": "US", "regions": ["us-ny"], "basis_points": 400},
             {"country": "US", "basis_points": 100},
             {"country": "PR", "basis_points": 1150},
             {"country": "DE", "basis_points": 1900}]
            """#)

    @Test(
        arguments: [
            ("CA", 73), ("California", 73), (" calif. ", 73), ("US-CA", 73), ("New York", 40), ("OR", 10), ("PR", 115),
        ] as [(String, Int64)])
    func theRegionDecidesInEverySpelling(region: String, tax: Int64) async throws {
        let cart = try await offers(Self.rules).price(request([line(1_000)], to: "US", region: region))
        #expect(cart.totals.taxTotal.amount == tax)
        #expect(!cart.isTaxPending && cart.regionCountries == ["US"])
    }

    @Test(arguments: [nil, " ", "Ontario"]) func withoutARegionTaxIsPending(region: String?) async throws {
        let cart = try await offers(Self.rules).price(request([line(1_000)], to: "US", region: region))
        #expect(cart.isTaxPending)
        #expect(cart.amounts == [1_000, 0, 0, 0, 1_000])
    }

    @Test func otherCountriesNeedNoRegion() async throws {
        let service = try await offers(Self.rules)
        for (country, tax) in [("DE", 190), ("FR", 0), ("PR", 115)] as [(String, Int64)] {
            let cart = try await service.price(request([line(1_000)], to: country))
            #expect(!cart.isTaxPending && cart.totals.taxTotal.amount == tax, "\(country)")
        }
    }

    @Test func aTerritoryIsTaxedAsARegionAndAsACountry() async throws {
        let taxes = #"[{"country": "US", "regions": ["Puerto Rico"], "basis_points": 1150}]"#
        let service = try await offers(document("", taxes: taxes))
        for (country, region) in [("US", "PR"), ("PR", nil)] as [(String, String?)] {
            let cart = try await service.price(request([line(1_000)], to: country, region: region))
            #expect(cart.totals.taxTotal.amount == 115, "\(country)")
        }
    }

    @Test func beforeAnAddressIsKnownTaxIsPendingUnlessThereIsNone() async throws {
        #expect(try await offers(Self.rules).price(request([line(1_000)])).isTaxPending)
        let untaxed = try await offers(document("", taxes: "[]")).price(request([line(1_000)]))
        #expect(!untaxed.isTaxPending && untaxed.regionCountries.isEmpty)
    }

    @Test func aTerritoryIsTaxedByOneRule() async throws {
        let taxes = #"""
            [{"country": "PR", "basis_points": 1150}, {"country": "US", "regions": ["PR"], "basis_points": 500}]
            """#
        let error = await #expect(throws: ServiceError.self) { _ = try await offers(document("", taxes: taxes)) }
        #expect(error?.fields.map(\.field) == ["taxes[1].regions"] && error?.fields.map(\.code) == ["duplicate"])
    }

    @Test func rulesThatNameUnknownOrRepeatedRegionsAreRefused() async throws {
        let taxes = #"""
            [{"country": "US", "regions": ["CA", "Ontario"], "basis_points": 1},
             {"country": "HK", "regions": ["Kowloon"], "basis_points": 1},
             {"country": "US", "regions": ["california"], "basis_points": 1}]
            """#
        let error = await #expect(throws: ServiceError.self) { _ = try await offers(document("", taxes: taxes)) }
        #expect(error?.fields.map(\.field) == ["taxes[0].regions[1]", "taxes[1].regions[0]", "taxes[2].regions"])
        #expect(error?.fields.map(\.code) == ["unknown_region", "unknown_region", "duplicate"])
        #expect(
            error?.fields.first?.detail
                == "\"Ontario\" is no region of US: give its ISO 3166-2 code or its name")
    }
}
