import ArgumentParser
import Configuration
import Testing

@testable import magpie

@Suite struct ProxySettingsTests {
    @Test func theIssuerIsTheSameWithAndWithoutASlash() throws {
        #expect(try settings(["MAGPIE_PUBLIC_URL": "https://shop.example/"]).publicURL == "https://shop.example")
        #expect(try settings(["MAGPIE_PUBLIC_URL": "https://shop.example"]).publicURL == "https://shop.example")
    }

    @Test func theOperationsPortDoesNotFollowThePublicOne() throws {
        let open = try settings(["MAGPIE_HOST": "0.0.0.0"])
        #expect(open.operationsHost == "127.0.0.1")
        #expect(try settings(["MAGPIE_OPS_HOST": "10.0.0.1"]).operationsHost == "10.0.0.1")
    }

    @Test(arguments: [("0", true), ("5", true), ("6", false), ("-1", false), ("one", false)])
    func upToFiveProxiesAreTrusted(text: String, accepted: Bool) {
        #expect(((try? settings(["MAGPIE_TRUSTED_PROXIES": text])) != nil) == accepted)
    }

    private func settings(_ environment: [String: String]) throws -> Settings {
        try Settings(.parse([]), from: ConfigReader(environment: environment))
    }
}
