import Foundation
import Testing

@testable import Storefront

/// The texts of a shop that is not the demo.
@Suite struct ShopProfileTests {
    @Test func withoutItsOwnWordingAShopShowsItsCategories() {
        let profile = ShopProfile(name: "Nordlys")
        let wording = profile.wording(categories: ["Lamps", "Shades", "Bulbs", "Cables", "Tools"])
        #expect(wording.heading == "Nordlys")
        #expect(wording.lead == "Lamps, Shades, Bulbs, Cables and more.")
        #expect(profile.wording(categories: []).lead == nil)
    }

    @Test func theFooterLinksToWhatIsSet() {
        #expect(ShopProfile().links.isEmpty)
        let profile = ShopProfile(contactMail: "help@nordlys.test", privacyURL: "https://nordlys.test/privacy")
        #expect(profile.links.map(\.url) == ["mailto:help@nordlys.test", "https://nordlys.test/privacy"])
    }

    /// The templates have no words that belong to the demo shop only.
    @Test func noTemplateHasWordingOfTheDemo() throws {
        for file in try FileManager.default.contentsOfDirectory(
            at: try Resources.folder().appending(path: "templates"), includingPropertiesForKeys: nil)
        {
            let text = try String(contentsOf: file, encoding: .utf8).lowercased()
            for word in ["stoneware", "linen", "mug", "general store", "chosen with care"] {
                #expect(!text.contains(word), "\(file.lastPathComponent)")
            }
        }
    }
}
