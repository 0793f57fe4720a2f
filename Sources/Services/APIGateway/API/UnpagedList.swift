/// A list that has no pages: it is always complete.
struct UnpagedList<Item: Encodable & Sendable>: Encodable, Sendable {
    let items: [Item]

    enum CodingKeys: String, CodingKey {
        case items
        case nextCursor = "next_cursor"
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(items, forKey: .items)
        try container.encodeNil(forKey: .nextCursor)
    }
}
