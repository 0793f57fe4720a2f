/// One page of a list; `nextCursor` is opaque and nil on the last page.
package struct Page<Item: Sendable>: Sendable {
    package var items: [Item]
    package var nextCursor: String?
    /// Only when requested.
    package var count: Int?

    package init(items: [Item], nextCursor: String?, count: Int? = nil) {
        self.items = items
        self.nextCursor = nextCursor
        self.count = count
    }

    /// - Parameters:
    ///   - found: The items of the page, and at least one more when there is a next page.
    ///   - cursor: Where a page ends whose last item this is.
    package init(_ found: [Item], limit: Int, count: Int? = nil, cursor: (Item) -> PageCursor) {
        let items = Array(found.prefix(limit))
        self.init(
            items: items, nextCursor: found.count > limit ? items.last.map { cursor($0).text } : nil, count: count)
    }

    package func map<Other>(_ transform: (Item) throws -> Other) rethrows -> Page<Other> {
        try Page<Other>(items: items.map(transform), nextCursor: nextCursor, count: count)
    }
}

extension Page: Encodable where Item: Encodable {
    enum CodingKeys: String, CodingKey {
        case items, count
        case nextCursor = "next_cursor"
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(items, forKey: .items)
        try container.encode(nextCursor, forKey: .nextCursor)
        try container.encodeIfPresent(count, forKey: .count)
    }
}
