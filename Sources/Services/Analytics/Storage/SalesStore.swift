import Commerce
import SQL

/// Orders, revenue and products sold, by day.
enum SalesStore {
    static func note(_ sale: Sale, in tx: any SQLTransaction) throws {
        let day = CivilDate(sale.placedAt).text
        try tx.execute(
            """
            INSERT INTO placed_orders (order_id, cart_id, day, total, given_back)
            VALUES (\(sale.orderID), \(sale.cartID), \(day), \(sale.total.amount), 0)
            """)
        try add(orders: 1, gross: sale.total.amount, on: day, in: sale.total.currency, tx)
        // In a fixed order, so that two orders of the same products cannot lock each other out.
        for line in sale.lines.sorted(by: { $0.productID < $1.productID }) {
            try add(line, on: day, at: sale.placedAt, tx)
        }
    }

    /// Which of these orders are counted.
    static func counted(_ orders: [String], in tx: any SQLTransaction) throws -> Set<String> {
        let rows = try tx.query("SELECT order_id FROM placed_orders WHERE order_id IN \(in: orders)")
        return Set(try rows.map { try $0.string("order_id") })
    }

    /// Counts only for an order that was placed, and at most its total: a failed checkout releases its payment too, and
    /// a payment may be refused, voided and refunded one after the other.
    static func note(_ repayment: Repayment, in tx: any SQLTransaction) throws {
        let order = try tx.first(
            """
            SELECT total - given_back AS remaining FROM placed_orders WHERE order_id = \(repayment.orderID)
            \(unsafeSQL: tx.dialect.forUpdate)
            """)
        guard let remaining = try order?.int64("remaining") else { return }
        let amount = min(repayment.amount.amount, remaining)
        guard amount > 0 else { return }
        try tx.execute(
            "UPDATE placed_orders SET given_back = given_back + \(amount) WHERE order_id = \(repayment.orderID)")
        try add(refunded: amount, on: CivilDate(repayment.at).text, in: repayment.amount.currency, tx)
    }

    private static func add(
        orders: Int = 0, gross: Int64 = 0, refunded: Int64 = 0, on day: String, in currency: Currency,
        _ tx: any SQLTransaction
    ) throws {
        try tx.execute(
            """
            INSERT INTO revenue_days (day, currency, orders, gross, refunded)
            VALUES (\(day), \(currency), \(orders), \(gross), \(refunded))
            ON CONFLICT (day, currency) DO UPDATE SET orders = revenue_days.orders + excluded.orders,
                gross = revenue_days.gross + excluded.gross, refunded = revenue_days.refunded + excluded.refunded
            """)
    }

    private static func add(_ line: Sale.Line, on day: String, at time: Instant, _ tx: any SQLTransaction) throws {
        try tx.execute(
            """
            INSERT INTO product_days (day, product_id, currency, quantity, revenue)
            VALUES (\(day), \(line.productID), \(line.revenue.currency), \(line.quantity), \(line.revenue.amount))
            ON CONFLICT (day, product_id, currency) DO UPDATE SET
                quantity = product_days.quantity + excluded.quantity, revenue = product_days.revenue + excluded.revenue
            """)
        // The title it was last sold under.
        try tx.execute(
            """
            INSERT INTO product_titles (product_id, title, sold_at) VALUES (\(line.productID), \(line.title), \(time))
            ON CONFLICT (product_id) DO UPDATE SET title = excluded.title, sold_at = excluded.sold_at
            WHERE excluded.sold_at >= product_titles.sold_at
            """)
    }
}
