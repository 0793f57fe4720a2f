package import Commerce
package import OrderContract
package import ServiceKit

/// Orders that record their inputs and return what they are given.
package struct OrdersDouble: Orders {
    package var recorder: CallRecorder
    package var order: Order
    package var replayed: Bool

    package init(recorder: CallRecorder = CallRecorder(), order: Order = Samples.fullOrder, replayed: Bool = false) {
        self.recorder = recorder
        self.order = order
        self.replayed = replayed
    }

    private var outcome: Outcome<Order> { Outcome(order, replayed: replayed) }

    private func page(_ request: PageRequest) -> Page<Order> {
        Page(items: [order], nextCursor: request.cursor, count: request.wantsCount ? .max : nil)
    }

    package func paymentMethods() async throws -> [PaymentMethod] {
        try await recorder.note("paymentMethods", Inputs())
        return Samples.paymentMethods
    }

    package func place(_ cart: CartID, payment: PaymentInstruction) async throws -> Outcome<Order> {
        try await recorder.note("place", Inputs(cart, payment))
        return outcome
    }

    package func order(_ id: OrderID, guestToken: String?) async throws -> Order {
        try await recorder.note("order", Inputs(id, guestToken))
        return order
    }

    package func myOrders(page request: PageRequest) async throws -> Page<Order> {
        try await recorder.note("myOrders", Inputs(request))
        return page(request)
    }

    package func cancel(_ id: OrderID, guestToken: String?) async throws -> Outcome<Order> {
        try await recorder.note("cancel", Inputs(id, guestToken))
        return outcome
    }

    package func orders(_ query: OrderQuery) async throws -> Page<Order> {
        try await recorder.note("orders", Inputs(query))
        return page(query.page)
    }

    package func fulfil(_ id: OrderID, tracking: String?) async throws -> Outcome<Order> {
        try await recorder.note("fulfil", Inputs(id, tracking))
        return outcome
    }

    package func refund(
        _ id: OrderID, amount: Int64?, currency: Currency?, reason: String
    ) async throws -> Outcome<Order> {
        try await recorder.note("refund", Inputs(id, amount, currency, reason))
        return outcome
    }

    package func paymentNotification(provider: String, headers: [String: String], body: [UInt8]) async throws {
        try await recorder.note("paymentNotification", Inputs(provider, headers, body))
    }
}
