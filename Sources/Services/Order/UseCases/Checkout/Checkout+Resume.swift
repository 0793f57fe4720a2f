import Commerce
import OrderContract
import SQL
import ServiceKit

extension Checkout {
    /// Finishes or undoes an interrupted attempt, whose lease the caller has claimed.
    static func resume(_ record: CheckoutRecord, _ lease: Lease, _ context: OrderContext) async throws {
        let call = CallContext(principal: .system("order-reconciler"))
        var checkout = Checkout(
            context: context, lease: lease, orderID: record.orderID, cartID: record.cartID,
            providerName: record.provider, actor: record.principal, key: record.key, request: nil,
            attempts: record.attempts)
        checkout.isFree = record.isFree
        if record.step.isConfirmed {
            checkout.order = try await context.database.read { tx in
                try OrderStore.order(record.orderID, in: tx)?.order
            }
        }
        let trace = TraceContext(traceparent: record.traceparent)
        try await call.run(as: .internal, "resume checkout", of: "order-service", after: trace) { [checkout] _ in
            var checkout = checkout
            try await checkout.run(from: CheckoutSaga.resume(from: record.step, free: record.isFree))
        }
    }
}
