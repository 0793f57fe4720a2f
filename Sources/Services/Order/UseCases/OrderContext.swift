import CartContract
import Commerce
import Logging
import OfferContract
import OrderContract
import ProductContract
import SQL
import ServiceKit

/// The dependencies that the use cases of this service share.
struct OrderContext: Sendable {
    let database: any Database
    let carts: any Carts
    let products: any Products
    let offers: any Offers
    let providers: [String: any PaymentProvider]
    let digests: OrderDigests
    let clock: WallClock
    let settings: OrderSettings
    let faults: FaultPoints
    let counters: OrderCounters
    let logger: Logger

    /// A new lease for one unit of work. Its owner is random, so that two tasks of one process cannot share it.
    func newLease() -> Lease {
        Lease(owner: String(UInt64.random(in: .min ... .max), radix: 36), length: settings.lease)
    }

    /// Calls another service for the current caller. The deadline is shortened, and the caller's key is not passed on.
    func call<Value: Sendable>(_ body: @escaping @Sendable () async throws -> Value) async throws -> Value {
        try await remote(settings.callDeadline, CallContext.current.principal, body)
    }

    /// Calls another service as this service itself: customers may not request stock changes or clean-up.
    func callAsService<Value: Sendable>(_ body: @escaping @Sendable () async throws -> Value) async throws -> Value {
        try await remote(settings.callDeadline, .system("order-service"), body)
    }

    /// Releases the order's reservation, then restocks a committed sale. In this order a commit in between either finds
    /// no reservation or is undone. May be repeated.
    func returnStock(of order: OrderID) async throws {
        try await callAsService { [products] in
            try await products.releaseReservation(for: order)
            try await products.restock(order: order)
        }
    }

    func remote<Value: Sendable>(
        _ limit: Duration, _ principal: Principal, _ body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        var context = CallContext.current
        context.principal = principal
        context.idempotency = nil
        let own = ContinuousClock.now.advanced(by: limit)
        // The customer's deadline limits only the calls made for the customer. When the caller's task is cancelled all
        // calls end, and the reconciler undoes or finishes the work.
        if case .system = principal {
            context.deadline = own
        } else {
            context.deadline = min(context.deadline ?? own, own)
        }
        return try await context.run { try await withDeadline(own, body) }
    }

    /// The time of the next attempt: in 1, 2, 4 … 60 seconds.
    func retryAt(attempts: Int) -> Instant {
        clock.now().advanced(by: .seconds(min(60, 1 << min(max(attempts, 0), 6))))
    }
}
