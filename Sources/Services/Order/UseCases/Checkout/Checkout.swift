import CartContract
import Commerce
import Logging
import OrderContract
import ProductContract
import SQL
import ServiceKit

/// Performs the actions of `CheckoutSaga` for one attempt, under one lease.
struct Checkout: Sendable {
    let context: OrderContext
    let lease: Lease
    let orderID: OrderID
    let cartID: CartID
    let providerName: String
    /// The principal that requested the order, for events.
    let actor: String
    /// The key under which the response is stored; nil once it has been released.
    let key: IdempotencyKey?
    /// Nil when resumed: then no caller waits for the response.
    let request: Request?
    var attempts = 0

    struct Request: Sendable {
        var token: String
        var customer: CustomerID?
    }

    var isFree = false
    var cart: LockedCart?
    var draft: CheckoutDraft?
    var payment: Payment?
    /// The order, once confirmed.
    var order: Order?
    /// The first error, which is why the attempt is undone.
    var failure: ServiceError?

    /// Runs until the checkout ends or is postponed for the reconciler. Throws `LeaseLost`.
    mutating func run(from first: CheckoutSaga.Action) async throws {
        var action = first
        do {
            while action != .end {
                if action == .postpone { return await postpone() }
                try context.faults.reach("checkout.\(action).before")
                let outcome = try await outcome(of: action)
                if let counted = SagaStep.counted(action, outcome) {
                    context.counters.count(counted.step, counted.outcome)
                }
                try context.faults.reach("checkout.\(action).after")
                action = CheckoutSaga.next(after: action, outcome, free: isFree)
            }
        } catch is LeaseLost {
            if order == nil { await cleanUpAfterTakeover() }
            throw LeaseLost()
        }
    }

    private mutating func outcome(of action: CheckoutSaga.Action) async throws -> CheckoutSaga.Outcome {
        do {
            return try await perform(action)
        } catch let crash as SimulatedCrash {
            throw crash
        } catch let lost as LeaseLost {
            throw lost
        } catch let error as PaymentError {
            log("The payment provider refused", action, error)
            return .failed
        } catch let error as ServiceError {
            note(error)
            switch error.kind {
            case .unavailable, .internal, .tooManyRequests:
                log("A checkout step has an unknown outcome", action, error)
                return .unknown
            default: return .failed
            }
        } catch {
            note(.unavailable("The checkout"))
            log("A checkout step failed", action, error)
            return error is CheckoutError ? .failed : .unknown
        }
    }

    private mutating func perform(_ action: CheckoutSaga.Action) async throws -> CheckoutSaga.Outcome {
        switch action {
        case .lockCart: try await lockCart()
        case .priceOrder: try await priceOrder()
        case .recordPriced: try await recordPriced()
        case .reserveStock: try await reserveStock()
        case .recordAuthorising: try await recordAuthorising()
        case .authorisePayment: return try await authorisePayment()
        case .askPayment: return try await askPayment()
        case .confirmOrder: try await confirmOrder()
        case .commitStock: try await commitStock()
        case .completeCart:
            try await context.callAsService { [context, cartID, orderID] in
                try await context.carts.complete(cartID, as: orderID)
            }
        case .capturePayment: return try await capturePayment()
        case .finish: try await finish()
        case .voidPayment: try await voidPayment()
        case .releaseStock:
            try await context.callAsService { [context, orderID] in
                try await context.products.releaseReservation(for: orderID)
            }
        case .unlockCart:
            try await context.callAsService { [context, cartID, orderID] in
                try await context.carts.unlock(cartID, from: orderID)
            }
        case .fail: try await fail()
        case .postpone, .end: break
        }
        return .succeeded
    }

    private mutating func note(_ error: ServiceError) {
        if failure == nil { failure = error }
    }

    private func log(_ message: Logger.Message, _ action: CheckoutSaga.Action, _ error: any Error) {
        context.logger.warning(
            message,
            metadata: ["order.id": "\(orderID)", "checkout.action": "\(action.rawValue)", "error": "\(error)"])
    }

    private func postpone() async {
        let retryAt = context.retryAt(attempts: attempts)
        do {
            try await context.database.write { [orderID, lease] tx in
                try CheckoutStore.postpone(orderID, until: retryAt, lease: lease, in: tx)
            }
        } catch {
            // The lease expires by itself; then the reconciler takes over.
            log("A checkout waits until its lease expires", .postpone, error)
        }
    }

    /// Undoes the effects once more: after its lease had expired this attempt may have acted later than the
    /// compensation of its successor.
    private mutating func cleanUpAfterTakeover() async {
        if payment != nil { try? await voidPayment() }
        try? await context.callAsService { [context, cartID, orderID] in
            try await context.products.releaseReservation(for: orderID)
            try await context.carts.unlock(cartID, from: orderID)
        }
    }
}
