package import Commerce

/// A node of the category tree.
package struct Category: Hashable, Sendable, Codable {
    package var id: CategoryID
    package var handle: String
    package var title: String
    /// Published products in it.
    package var productCount: Int
    package var children: [Category]

    package init(id: CategoryID, handle: String, title: String, productCount: Int, children: [Category] = []) {
        self.id = id
        self.handle = handle
        self.title = title
        self.productCount = productCount
        self.children = children
    }

    enum CodingKeys: String, CodingKey {
        case id, handle, title, children
        case productCount = "product_count"
    }
}
