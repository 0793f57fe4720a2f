import ArgumentParser
import Commerce
import Configuration
import Foundation
import Storefront

extension ShopProfile {
    /// ## Configuration keys
    /// - `MAGPIE_SHOP_NAME`: what the pages and mails say (`Magpie`).
    /// - `MAGPIE_CONTACT_MAIL`: where customers write to.
    /// - `MAGPIE_TERMS_URL`, `MAGPIE_PRIVACY_URL`, `MAGPIE_RETURNS_URL`: pages that the footer links to.
    ///
    /// Throws `ValidationError` naming the variable that is wrong.
    init(config: ConfigReader) throws {
        func page(_ key: ConfigKey, _ name: String) throws -> String? {
            guard let text = config.string(forKey: key), !text.isEmpty else { return nil }
            guard let url = URL(string: text), ["http", "https"].contains(url.scheme), url.host() != nil else {
                throw ValidationError("\(name) must be an http or https address")
            }
            return text
        }
        let mail = config.string(forKey: "contact.mail").flatMap { $0.isEmpty ? nil : $0 }
        if let mail, EmailAddress.normalised(mail) == nil {
            throw ValidationError("MAGPIE_CONTACT_MAIL must be an e-mail address")
        }
        self.init(
            name: config.string(forKey: "shop.name", default: "Magpie"), contactMail: mail,
            termsURL: try page("terms.url", "MAGPIE_TERMS_URL"),
            privacyURL: try page("privacy.url", "MAGPIE_PRIVACY_URL"),
            returnsURL: try page("returns.url", "MAGPIE_RETURNS_URL"))
    }
}

extension Settings {
    var shopName: String { profile.name }
}
