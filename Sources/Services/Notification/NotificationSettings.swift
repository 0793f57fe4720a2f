package import Identity

/// Whose name, address and links mails to customers have.
package struct NotificationSettings: Sendable {
    package var shopName: String
    /// The address mails come from.
    package var senderAddress: String
    /// Where the shop is, without a slash at its end; mails have no links when nil.
    package var storeURL: String?
    /// Whose links open guests' orders; mails to guests have no link when nil.
    package var links: LinkSigner?
    /// How long after its event such a link opens the order.
    package var linkLifetime: Duration
    /// How long sent mails stay in the message log; later mails of an order need its address from there.
    package var retention: Duration

    package init(
        shopName: String = "Magpie", senderAddress: String = "shop@magpie.example", storeURL: String? = nil,
        links: LinkSigner? = nil, linkLifetime: Duration = .seconds(90 * 86_400),
        retention: Duration = .seconds(180 * 86_400)
    ) {
        self.shopName = shopName
        self.senderAddress = senderAddress
        self.storeURL = storeURL
        self.links = links
        self.linkLifetime = linkLifetime
        self.retention = retention
    }
}
