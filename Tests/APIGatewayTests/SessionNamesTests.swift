import Commerce
import Testing

@testable import APIGateway

@Suite struct SessionNamesTests {
    @Test func aBrowserHasOneNameADay() throws {
        let names = SessionNames()
        let morning = try #require(Instant(rfc3339: "2026-11-23T00:00:00Z"))
        let evening = try #require(Instant(rfc3339: "2026-11-23T23:59:59Z"))
        let next = try #require(Instant(rfc3339: "2026-11-24T00:00:00Z"))
        let name = names.name(of: "192.0.2.0/24\na", at: morning)
        #expect(name == names.name(of: "192.0.2.0/24\na", at: evening))
        #expect(name != names.name(of: "192.0.2.0/24\na", at: next))
        #expect(name != names.name(of: "192.0.2.0/24\nb", at: morning))
        #expect(name != SessionNames().name(of: "192.0.2.0/24\na", at: morning))
    }
}
