import Commerce
import OrderContract
import ServiceKit

/// Orders that record their inputs and return what they are given.
struct OrdersDouble: Orders {
    var recorder = CallRecorder()
    var order = Samples.fullOrder
    var replayed = false

    private var outcome: Outcome<Order> { Outcome(order, replayed: replayed) }

    private func page(_ request: PageRequest) -> Page<Order> {
        Page(items: [order], nextCursor: request.cursor, count: request.wantsCount ? .max : nil)
    }

    func paymentMethods() async throws -> [PaymentMethod] {
        try await recorder.note("paymentMethods", Inputs())
        return Samples.paymentMethods
    }

    func place(_ cart: CartID, payment: PaymentInstruction) async throws -> Outcome<Order> {
        try await recorder.note("place", Inputs(cart, payment))
        return outcome
    }

    func order(_ id: OrderID, guestToken: String?) async throws -> Order {
        try await recorder.note("order", Inputs(id, guestToken))
        return order
    }

    func myOrders(page request: PageRequest) async throws -> Page<Order> {
        try await recorder.note("myOrders", Inputs(request))
        return page(request)
    }

    func cancel(_ id: OrderID, guestToken: String?) async throws -> Outcome<Order> {
        try await recorder.note("cancel", Inputs(id, guestToken))
        return outcome
    }

    func orders(_ query: OrderQuery) async throws -> Page<Order> {
        try await recorder.note("orders", Inputs(query))
        return page(query.page)
    }

    func fulfil(_ id: OrderID, tracking: String?) async throws -> Outcome<Order> {
        try await recorder.note("fulfil", Inputs(id, tracking))
        return outcome
    }

    func refund(_ id: OrderID, amount: Int64?, reason: String) async throws -> Outcome<Order> {
        try await recorder.note("refund", Inputs(id, amount, reason))
        return outcome
    }

    func paymentNotification(provider: String, headers: [String: String], body: [UInt8]) async throws {
        try await recorder.note("paymentNotification", Inputs(provider, headers, body))
    }
}
