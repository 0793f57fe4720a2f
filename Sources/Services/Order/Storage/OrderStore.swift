import Commerce
import OfferContract
import OrderContract
import SQL
import ServiceKit

/// The tables `orders` and `order_lines`.
enum OrderStore {
    static func number(_ serial: Int64) -> String { "M-\(100_000 + serial)" }

    static func order(_ id: OrderID, in tx: any SQLTransaction) throws -> StoredOrder? {
        try load(try tx.query("SELECT * FROM orders WHERE id = \(id)"), in: tx).first
    }

    /// The order with its row locked until the transaction ends. Throws `order_not_found`.
    static func lockedOrder(_ id: OrderID, in tx: any SQLTransaction) throws -> StoredOrder {
        let rows = try tx.query("SELECT * FROM orders WHERE id = \(id) \(unsafeSQL: tx.dialect.forUpdate)")
        guard let order = try load(rows, in: tx).first else { throw ServiceError.orderNotFound }
        return order
    }

    /// Newest first: ids sort by time.
    static func page(
        customer: CustomerID?, status: Order.Status?, email: String?, page: PageRequest, in tx: any SQLTransaction
    ) throws -> Page<Order> {
        let limit = page.boundedLimit
        var filter: SQLStatement = "1 = 1"
        if let customer { filter = "\(filter) AND customer_id = \(customer)" }
        if let status { filter = "\(filter) AND status = \(status.rawValue)" }
        if let email { filter = "\(filter) AND email = \(email)" }
        let count =
            page.wantsCount ? try tx.first("SELECT COUNT(*) AS total FROM orders WHERE \(filter)")?.int("total") : nil
        if let cursor = try page.cursor(of: "orders") { filter = "\(filter) AND id < \(cursor.key)" }
        let rows = try tx.query("SELECT * FROM orders WHERE \(filter) ORDER BY id DESC LIMIT \(limit + 1)")
        let orders = try load(Array(rows.prefix(limit)), in: tx).map(\.order)
        return Page(
            items: orders,
            nextCursor: rows.count > limit
                ? orders.last.map { PageCursor(list: "orders", key: $0.id.rawValue).text } : nil,
            count: count)
    }

    /// Adds lines and refunds to rows of `orders` with two queries, whatever the number of orders.
    private static func load(_ rows: [SQLRow], in tx: any SQLTransaction) throws -> [StoredOrder] {
        guard !rows.isEmpty else { return [] }
        let ids = try rows.map { try $0.string("id") }
        let lines = Dictionary(
            grouping: try tx.query(
                "SELECT * FROM order_lines WHERE order_id IN \(in: ids) ORDER BY order_id, position"),
            by: { (try? $0.string("order_id")) ?? "" })
        let refunds = Dictionary(
            grouping: try tx.query(
                "SELECT * FROM refunds WHERE order_id IN \(in: ids) AND state = 'done' ORDER BY order_id, id"),
            by: { (try? $0.string("order_id")) ?? "" })
        return try rows.map { row in
            let id = try row.string("id")
            return try StoredOrder(row, lines: lines[id] ?? [], refunds: refunds[id] ?? [])
        }
    }
}

extension StoredOrder {
    fileprivate init(_ row: SQLRow, lines: [SQLRow], refunds: [SQLRow]) throws {
        let currency = try row.currency("currency")
        func money(_ column: String) throws -> Money { Money(try row.int64(column), currency) }
        guard let status = Order.Status(rawValue: try row.string("status")),
            let payment = Order.PaymentStatus(rawValue: try row.string("payment_status"))
        else { throw SQLError.decoding("orders.status") }
        let completed = try refunds.map { refund in
            Order.Refund(
                id: try refund.id("id"), amount: Money(try refund.int64("amount"), currency),
                reason: try refund.string("reason"), createdAt: try refund.instant("created_at"))
        }
        order = Order(
            id: try row.id("id"), number: OrderStore.number(try row.int64("serial")), status: status,
            paymentStatus: payment, customerID: try row.optionalID("customer_id"), email: try row.string("email"),
            lines: try lines.map { try Order.Line($0, currency) },
            coupons: try JSON.decode(from: row.string("coupons")),
            shippingAddress: try JSON.decode(from: row.string("shipping_address")),
            billingAddress: try JSON.decode(from: row.string("billing_address")),
            shippingOption: try JSON.decode(from: row.string("shipping_option")),
            totals: Totals(
                subtotal: try money("subtotal"), discountTotal: try money("discount_total"),
                shippingTotal: try money("shipping_total"), taxTotal: try money("tax_total"), total: try money("total")),
            refundedTotal: Money(completed.reduce(0) { $0 + $1.amount.amount }, currency),
            refunds: completed,
            tracking: try row.optionalString("tracking"), placedAt: try row.instant("placed_at"),
            updatedAt: try row.instant("updated_at"))
        provider = try row.optionalString("payment_provider")
        reference = try row.optionalString("payment_reference") ?? ""
        captured = try row.int64("captured")
        refunding = try row.int64("refunded")
    }
}

extension Order.Line {
    fileprivate init(_ row: SQLRow, _ currency: Currency) throws {
        self.init(
            id: try row.id("id"), variantID: try row.id("variant_id"), productID: try row.id("product_id"),
            productHandle: try row.string("product_handle"), title: try row.string("title"),
            variantTitle: try row.string("variant_title"), sku: try row.string("sku"),
            imageURL: try row.optionalString("image_url"), quantity: try row.int("quantity"),
            unitPrice: Money(try row.int64("unit_price"), currency),
            adjustments: try JSON.decode(from: row.string("adjustments")),
            total: Money(try row.int64("total"), currency))
    }
}
