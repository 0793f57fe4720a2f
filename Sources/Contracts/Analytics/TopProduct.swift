package import Commerce

/// A product and how much of it was sold in a period.
package struct TopProduct: Hashable, Sendable, Codable {
    package var productID: ProductID
    package var title: String
    package var quantity: Int
    package var revenue: Money

    package init(productID: ProductID, title: String, quantity: Int, revenue: Money) {
        self.productID = productID
        self.title = title
        self.quantity = quantity
        self.revenue = revenue
    }

    enum CodingKeys: String, CodingKey {
        case title, quantity, revenue
        case productID = "product_id"
    }
}
