import ServiceKit

/// A page of products; with facets when the query filters.
package struct ProductPage: Sendable, Encodable {
    package var items: [Product]
    package var nextCursor: String?
    package var count: Int?
    package var facets: Facets?

    package struct Facets: Hashable, Sendable, Encodable {
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
        package var texts: [ProductText: [Value]]
        package init(
            categories: [Value], tags: [Value], vendors: [Value] = [], texts: [ProductText: [Value]] = [:]
        ) {
            self.categories = categories
            self.tags = tags
            self.texts = texts
            if !vendors.isEmpty { self.texts[.vendor] = vendors }
        }

        package var vendors: [Value] { texts[.vendor] ?? [] }

        package func encode(to encoder: any Encoder) throws {
            var facets = ["categories": categories, "tags": tags]
            for field in ProductText.filters {
                if let name = field.facet { facets[name] = texts[field] ?? [] }
            }
            try facets.encode(to: encoder)
        }
    }

    package init(items: [Product], nextCursor: String?, count: Int?, facets: Facets?) {
        self.items = items
        self.nextCursor = nextCursor
        self.count = count
        self.facets = facets
    }

    enum CodingKeys: String, CodingKey { case facets }

    package func encode(to encoder: any Encoder) throws {
        try Page(items: items, nextCursor: nextCursor, count: count).encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encodeIfPresent(facets, forKey: .facets)
    }
}
