import CartContract
import Commerce
import Logging
import OfferContract
import OrderContract
import ProductContract
import SQL
import ServiceKit

/// What every workflow of this service works with.
struct Workshop: Sendable {
    let database: any Database
    let carts: any Carts
    let products: any Products
    let offers: any Offers
    let providers: [String: any PaymentProvider]
    let guests: GuestTokens
    let clock: WallClock
    let settings: OrderSettings
    let faults: FaultPoints
    let refusals: RefusalCounts
    let logger: Logger

    /// A lease of its own for one piece of work, so that even two tasks of one process cannot share it.
    func lease() -> Lease {
        Lease(owner: String(UInt64.random(in: .min ... .max), radix: 36), length: settings.lease)
    }

    /// Calls another service for the current caller: the deadline shrinks, the caller's key stays here.
    func call<Value: Sendable>(_ body: @escaping @Sendable () async throws -> Value) async throws -> Value {
        try await remote(settings.callDeadline, CallContext.current.principal, body)
    }

    /// Calls another service in this service's own name: stock and clean-up are not the customer's to ask for.
    func callAsService<Value: Sendable>(_ body: @escaping @Sendable () async throws -> Value) async throws -> Value {
        try await remote(settings.callDeadline, .system("order-service"), body)
    }

    /// Whichever the checkout got to: a reservation is released, a sale goes back on the shelf. In this order, so that
    /// a commit in between finds no reservation or is undone. May be repeated.
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
        // The customer's patience bounds the customer's own calls only. When the caller's task is cancelled all calls
        // end, and the reconciler undoes or finishes what was begun.
        if case .system = principal {
            context.deadline = own
        } else {
            context.deadline = min(context.deadline ?? own, own)
        }
        return try await context.run { try await withDeadline(own, body) }
    }

    /// How long to wait before the next attempt: 1, 2, 4 … 60 seconds.
    func retryAt(attempts: Int) -> Instant {
        clock.now().advanced(by: .seconds(min(60, 1 << min(max(attempts, 0), 6))))
    }
}

/// The right to work on one row until a time; every write proves it by the owner's name.
struct Lease: Hashable, Sendable {
    var owner: String
    var length: Duration

    /// Nobody's: the reconciler takes the work at once.
    static let none = Lease(owner: "", length: .zero)
}
