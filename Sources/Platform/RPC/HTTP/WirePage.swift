package import ServiceKit

/// A ``Page`` on the wire.
package struct WirePage<Item: Codable & Sendable>: Codable, Sendable {
    package var items: [Item]
    package var nextCursor: String?
    package var count: Int?

    package init(_ page: Page<Item>) { (items, nextCursor, count) = (page.items, page.nextCursor, page.count) }
    package var page: Page<Item> { Page(items: items, nextCursor: nextCursor, count: count) }

    enum CodingKeys: String, CodingKey {
        case items, count
        case nextCursor = "next_cursor"
    }
}
