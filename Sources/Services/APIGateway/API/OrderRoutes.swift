import CartContract
import Commerce
import Hummingbird
import OrderContract
import ServiceKit
import Web

/// Checkout and a customer's own orders.
struct OrderRoutes: Sendable {
    let orders: any Orders

    func add(to table: inout RouteTable) {
        table.post("/carts/{id}/checkout", use: checkout)
        table.get("/orders", .customer, use: mine)
        table.get("/orders/{id}", use: order)
        table.post("/orders/{id}/cancel", use: cancel)
    }

    @Sendable private func checkout(_ call: Call) async throws -> Response {
        try call.requireIdempotencyKey()
        let id: CartID = try call.id(else: .cartNotFound)
        var fields = try await call.fields()
        var payment = fields.object("payment", required: true)
        let provider = payment?.string("provider", max: 50) ?? ""
        let token = payment?.string("token", max: 500) ?? ""
        try fields.finish()
        let order = try await call.once(fields.requestDigest, guest: id.owner) {
            try await orders.place(id, payment: PaymentInstruction(provider: provider, token: token))
        }
        return try .outcome(order, status: .created, location: "\(RouteTable.prefix)/orders/\(order.value.id)")
    }

    @Sendable private func mine(_ call: Call) async throws -> Response {
        let query = try call.query()
        return try await jsonResponse(
            orders.myOrders(page: query.page()))
    }

    @Sendable private func order(_ call: Call) async throws -> Response {
        try await jsonResponse(orders.order(call.id(else: .orderNotFound), guestToken: call.orderToken))
    }

    @Sendable private func cancel(_ call: Call) async throws -> Response {
        let id: OrderID = try call.id(else: .orderNotFound)
        let fields = try await call.fields(allowEmpty: true)
        try fields.finish()
        return try await .outcome(
            call.once(fields.requestDigest) { try await orders.cancel(id, guestToken: call.orderToken) })
    }
}
