package import Commerce

/// Read models over behaviour and orders. Staff, `reports:read`. Days are UTC, `yyyy-mm-dd`, both ends included.
package protocol Reports: Sendable {
    func funnel(from: String, to: String) async throws -> FunnelReport
    func revenue(from: String, to: String) async throws -> [RevenueDay]
    func topProducts(from: String, to: String, limit: Int) async throws -> [TopProduct]
}

/// Sessions that reached each step.
package struct FunnelReport: Hashable, Sendable, Codable {
    package var sessions: Int
    package var viewed: Int
    package var carted: Int
    package var checkout: Int
    package var ordered: Int

    package init(sessions: Int, viewed: Int, carted: Int, checkout: Int, ordered: Int) {
        self.sessions = sessions
        self.viewed = viewed
        self.carted = carted
        self.checkout = checkout
        self.ordered = ordered
    }
}

package struct RevenueDay: Hashable, Sendable, Codable {
    package var day: String
    package var orders: Int
    /// What customers paid that day.
    package var gross: Money
    /// What was given back that day.
    package var refunded: Money

    package init(day: String, orders: Int, gross: Money, refunded: Money) {
        self.day = day
        self.orders = orders
        self.gross = gross
        self.refunded = refunded
    }
}

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
