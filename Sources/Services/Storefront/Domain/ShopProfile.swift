/// The shop's name, contact and legal links, as its pages show them.
package struct ShopProfile: Sendable {
    package var name: String
    /// Where customers write to; left out when there is none, as are the pages below.
    package var contactMail: String?
    package var termsURL: String?
    package var privacyURL: String?
    package var returnsURL: String?
    /// nil: made of the shop's name and categories.
    package var wording: ShopWording?

    package init(
        name: String = "Magpie", contactMail: String? = nil, termsURL: String? = nil, privacyURL: String? = nil,
        returnsURL: String? = nil, wording: ShopWording? = nil
    ) {
        self.name = name
        self.contactMail = contactMail
        self.termsURL = termsURL
        self.privacyURL = privacyURL
        self.returnsURL = returnsURL
        self.wording = wording
    }

    /// For the footer: the links that are set.
    var links: [(title: String, url: String)] {
        [
            ("Contact us", contactMail.map { "mailto:" + $0 }), ("Terms", termsURL), ("Privacy", privacyURL),
            ("Returns", returnsURL),
        ].compactMap { title, url in url.map { (title, $0) } }
    }

    /// - Parameter categories: The titles of the top ones.
    func wording(categories: [String]) -> ShopWording {
        if let wording { return wording }
        let shown = categories.prefix(4)
        let list = shown.joined(separator: ", ") + (categories.count > shown.count ? " and more" : "")
        return ShopWording(
            kicker: nil, heading: name, lead: list.isEmpty ? nil : list + ".", tagline: list.isEmpty ? nil : list + ".",
            searchHint: "Search the shop")
    }
}
