/// A page of products; with facets when the query filters.
package struct ProductPage: Sendable, Encodable {
    package var items: [Product]
    package var nextCursor: String?
    package var count: Int?
    package var facets: Facets?

    package struct Facets: Hashable, Sendable, Codable {
        package struct Value: Hashable, Sendable, Codable {
            package var value: String
            package var count: Int
            package init(value: String, count: Int) {
                self.value = value
                self.count = count
            }
        }
        package var categories: [Value]
        package var tags: [Value]
        package var vendors: [Value]
        package init(categories: [Value], tags: [Value], vendors: [Value]) {
            self.categories = categories
            self.tags = tags
            self.vendors = vendors
        }
    }

    package init(items: [Product], nextCursor: String?, count: Int?, facets: Facets?) {
        self.items = items
        self.nextCursor = nextCursor
        self.count = count
        self.facets = facets
    }

    enum CodingKeys: String, CodingKey {
        case items, count, facets
        case nextCursor = "next_cursor"
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(items, forKey: .items)
        try container.encode(nextCursor, forKey: .nextCursor)
        try container.encodeIfPresent(count, forKey: .count)
        try container.encodeIfPresent(facets, forKey: .facets)
    }
}
