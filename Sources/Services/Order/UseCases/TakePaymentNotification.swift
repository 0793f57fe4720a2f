import Commerce
import OrderContract
import SQL
import ServiceKit

/// Continues the postponed work of an order when its provider says that the payment has changed.
///
/// A notification decides nothing about money: it may come late, twice or out of order. The work that it starts asks the
/// provider for the payment's state.
struct TakePaymentNotification: Sendable {
    let context: OrderContext

    /// Throws 404 when there is no such provider or it sends no notifications, 400 `invalid_notification` when it did
    /// not send this one.
    func run(from name: String, headers: [String: String], body: [UInt8]) async throws {
        guard let provider = context.providers[name] else { throw ServiceError.noNotifications }
        guard let order = try await changedOrder(provider, headers, body) else { return }
        let now = context.clock.now()
        let tasks = try await context.database.write { tx in
            try CheckoutStore.resumeNow(order, at: now, in: tx)
            return try TaskStore.resumeNow(of: order, at: now, in: tx)
        }
        try await ReconcileOrders(context: context).run(checkouts: [order], tasks: tasks)
    }

    /// Payments have the id of their order as their key. Nil when no order is concerned.
    private func changedOrder(
        _ provider: any PaymentProvider, _ headers: [String: String], _ body: [UInt8]
    ) async throws -> OrderID? {
        do {
            let notification = try await context.pay(at: provider) {
                try await provider.notification(headers: headers, body: body)
            }
            return if case .changed(let key) = notification { OrderID(key) } else { nil }
        } catch let error as PaymentNotificationError {
            throw error == .invalid ? ServiceError.invalidNotification : .noNotifications
        }
    }
}
