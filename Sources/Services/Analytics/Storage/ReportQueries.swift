import AnalyticsContract
import Commerce
import SQL

enum ReportQueries {
    /// A session counts once, however many of its days the period covers. A placed order stands for the session that
    /// had its cart last: joined here, because orders and visits arrive in any order.
    static func funnel(_ period: ReportPeriod, in tx: any SQLTransaction) throws -> FunnelReport {
        let rows = try tx.query(
            """
            WITH signs AS (
                SELECT session_id, viewed, carted, checkout, ordered FROM sessions
                WHERE day BETWEEN \(period.from.text) AND \(period.to.text)
                UNION ALL
                SELECT cart_sessions.session_id, 1, 1, 1, 1 FROM placed_orders
                JOIN cart_sessions ON cart_sessions.cart_id = placed_orders.cart_id
                WHERE placed_orders.day BETWEEN \(period.from.text) AND \(period.to.text)
            ), reached AS (
                SELECT session_id, MAX(viewed) AS viewed, MAX(carted) AS carted, MAX(checkout) AS checkout,
                    MAX(ordered) AS ordered
                FROM signs GROUP BY session_id
            )
            SELECT COUNT(*) AS sessions,
                CAST(COALESCE(SUM(viewed), 0) AS BIGINT) AS viewed,
                CAST(COALESCE(SUM(carted), 0) AS BIGINT) AS carted,
                CAST(COALESCE(SUM(checkout), 0) AS BIGINT) AS checkout,
                CAST(COALESCE(SUM(ordered), 0) AS BIGINT) AS ordered
            FROM reached
            """)
        guard let row = rows.first else { throw SQLError.decoding("no row of totals") }
        return FunnelReport(
            sessions: try row.int("sessions"), viewed: try row.int("viewed"), carted: try row.int("carted"),
            checkout: try row.int("checkout"), ordered: try row.int("ordered"))
    }

    static func revenue(_ period: ReportPeriod, in tx: any SQLTransaction) throws -> [RevenueDay] {
        try tx.query(
            """
            SELECT day, currency, orders, gross, refunded FROM revenue_days
            WHERE day BETWEEN \(period.from.text) AND \(period.to.text) ORDER BY day, currency
            """
        ).map { row in
            let currency = try row.currency("currency")
            return RevenueDay(
                day: try row.string("day"), orders: try row.int("orders"),
                gross: Money(try row.int64("gross"), currency), refunded: Money(try row.int64("refunded"), currency))
        }
    }

    /// By units sold, then by revenue: units compare across currencies.
    static func topProducts(_ period: ReportPeriod, limit: Int, in tx: any SQLTransaction) throws -> [TopProduct] {
        try tx.query(
            """
            SELECT sold.product_id AS product_id, product_titles.title AS title, sold.currency AS currency,
                sold.quantity AS quantity, sold.revenue AS revenue
            FROM (
                SELECT product_id, currency, CAST(SUM(quantity) AS BIGINT) AS quantity,
                    CAST(SUM(revenue) AS BIGINT) AS revenue
                FROM product_days WHERE day BETWEEN \(period.from.text) AND \(period.to.text)
                GROUP BY product_id, currency
            ) AS sold
            JOIN product_titles ON product_titles.product_id = sold.product_id
            ORDER BY sold.quantity DESC, sold.revenue DESC, sold.product_id, sold.currency
            LIMIT \(limit)
            """
        ).map { row in
            TopProduct(
                productID: try row.id("product_id"), title: try row.string("title"), quantity: try row.int("quantity"),
                revenue: Money(try row.int64("revenue"), try row.currency("currency")))
        }
    }
}
