package import Foundation

/// The demo shop: 36 products in Shopify's export format, their pictures, and promotions.
package enum DemoCatalogue {
    /// The catalogue's CSV file, for `importCatalogue`. Prices are in US dollars.
    package static func csv() throws -> [UInt8] {
        [UInt8](try Data(contentsOf: resources.appending(path: "catalogue.csv")))
    }

    /// The document of rules with the demo's promotions, for `replaceRules`.
    package static func offers() throws -> String {
        try String(contentsOf: resources.appending(path: "offers.json"), encoding: .utf8)
    }

    /// The folder behind the catalogue's `/media/…` paths.
    package static var mediaFolder: URL { resources.appending(path: "media") }

    private static var resources: URL {
        Bundle.module.bundleURL.appending(path: "Resources")
    }
}
