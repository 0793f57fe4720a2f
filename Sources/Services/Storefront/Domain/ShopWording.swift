/// The texts that are particular to one shop.
package struct ShopWording: Hashable, Sendable {
    /// Above the home page's heading.
    package var kicker: String?
    package var heading: String
    package var lead: String?
    /// In the footer and for search engines.
    package var tagline: String?
    package var searchHint: String

    package init(kicker: String?, heading: String, lead: String?, tagline: String?, searchHint: String) {
        self.kicker = kicker
        self.heading = heading
        self.lead = lead
        self.tagline = tagline
        self.searchHint = searchHint
    }
}
