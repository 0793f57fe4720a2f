package import Commerce

/// A node of the category tree.
package struct Category: Hashable, Sendable, Codable {
    package var id: CategoryID
    package var handle: String
    package var title: String
    /// Published products in it and below it.
    package var productCount: Int
    package var children: [Category]

    package init(id: CategoryID, handle: String, title: String, productCount: Int, children: [Category] = []) {
        self.id = id
        self.handle = handle
        self.title = title
        self.productCount = productCount
        self.children = children
    }

    /// The categories from the top of the trees to the one of this handle or id; nil when there is none.
    package static func path(to name: String, in trees: [Category]) -> [Category]? {
        for category in trees {
            if category.handle == name || category.id.rawValue == name { return [category] }
            if let path = path(to: name, in: category.children) { return [category] + path }
        }
        return nil
    }

    enum CodingKeys: String, CodingKey {
        case id, handle, title, children
        case productCount = "product_count"
    }
}
