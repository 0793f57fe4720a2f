import AuthContract
import Commerce
import Hummingbird
import OrderContract
import ServiceKit
import Web

/// Everyone's orders.
struct OrderAdminRoutes: Sendable {
    let orders: any Orders
    let staffLog: StaffActionLog

    func add(to table: inout RouteTable) {
        table.get("/admin/orders", .staff(.ordersRead), use: list)
        table.get("/admin/orders/{id}", .staff(.ordersRead), use: order)
        table.post("/admin/orders/{id}/fulfil", .staff(.ordersWrite), use: fulfil)
        table.post("/admin/orders/{id}/refunds", .staff(.ordersWrite), use: refund)
        table.post("/admin/orders/{id}/cancel", .staff(.ordersWrite), use: cancel)
    }

    @Sendable private func list(_ call: Call) async throws -> Response {
        let fields = try call.query()
        var query = OrderQuery()
        query.status = try fields.string("status").map { text throws(ServiceError) in
            guard let status = Order.Status(rawValue: text) else {
                let known = Order.Status.allCases.map(\.rawValue).joined(separator: ", ")
                throw ServiceError.invalid("status", code: FieldCode.unknownValue, "must be one of \(known)")
            }
            return status
        }
        query.email = try fields.string("email", max: 320)
        query.page = try fields.page()
        return try await jsonResponse(orders.orders(query))
    }

    @Sendable private func order(_ call: Call) async throws -> Response {
        try await jsonResponse(orders.order(call.id(else: .orderNotFound), guestToken: nil))
    }

    @Sendable private func fulfil(_ call: Call) async throws -> Response {
        let id: OrderID = try call.id(else: .orderNotFound)
        var fields = try await call.fields(allowEmpty: true)
        let tracking = fields.optionalString("tracking", max: 200)
        try fields.finish()
        let order = try await call.once(fields.requestDigest) { try await orders.fulfil(id, tracking: tracking) }
        try await staffLog.record("order.fulfil", id.rawValue, replayed: order.replayed)
        return try .outcome(order)
    }

    @Sendable private func refund(_ call: Call) async throws -> Response {
        try call.requireIdempotencyKey()
        let id: OrderID = try call.id(else: .orderNotFound)
        var fields = try await call.fields(allowEmpty: true)
        let money = fields.raw("amount")?.objectValue == nil ? nil : fields.money("amount", in: Self.amounts)
        let plain = money == nil ? fields.optionalInt("amount", in: Self.amounts) : nil
        let reason = fields.optionalString("reason", max: 500).flatMap { $0.isEmpty ? nil : $0 } ?? "unspecified"
        try fields.finish()
        let amount = money?.amount ?? plain.map(Int64.init)
        let order = try await call.once(fields.requestDigest) {
            try await orders.refund(id, amount: amount, currency: money?.currency, reason: reason)
        }
        try await staffLog.record(
            "order.refund", id.rawValue, ["amount": amount.map(String.init) ?? "all"], replayed: order.replayed)
        return try .outcome(order, status: .created)
    }

    @Sendable private func cancel(_ call: Call) async throws -> Response {
        let id: OrderID = try call.id(else: .orderNotFound)
        let fields = try await call.fields(allowEmpty: true)
        try fields.finish()
        let order = try await call.once(fields.requestDigest) { try await orders.cancel(id, guestToken: nil) }
        try await staffLog.record("order.cancel", id.rawValue, replayed: order.replayed)
        return try .outcome(order)
    }

    private static let amounts = 1...1_000_000_000_000
}
