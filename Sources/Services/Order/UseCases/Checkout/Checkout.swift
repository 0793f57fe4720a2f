import CartContract
import Commerce
import Logging
import OrderContract
import ProductContract
import SQL
import ServiceKit

/// Performs what `CheckoutSaga` says, for one attempt and under one lease.
struct Checkout: Sendable {
    let shop: Workshop
    let lease: Lease
    let orderID: OrderID
    let cartID: CartID
    let providerName: String
    /// For events: who asked for the order.
    let actor: String
    /// Under which the answer is stored; nil when the caller has none any more.
    let key: IdempotencyKey?
    /// Nil when resumed: then nobody waits for the answer.
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
    /// Why the attempt is undone: the first thing that went wrong.
    var failure: ServiceError?

    /// Runs until nothing is left to do, or until the rest is left to the reconciler.
    mutating func run(from first: CheckoutSaga.Action) async throws {
        var action = first
        do {
            while action != .end {
                if action == .postpone { return await postpone() }
                try shop.faults.reach("checkout.\(action).before")
                let outcome = try await outcome(of: action)
                try shop.faults.reach("checkout.\(action).after")
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
                log("A checkout step does not answer", action, error)
                return .unknown
            default: return .failed
            }
        } catch {
            note(.unavailable("The checkout"))
            log("A checkout step failed", action, error)
            return error is CheckoutDefect ? .failed : .unknown
        }
    }

    private mutating func perform(_ action: CheckoutSaga.Action) async throws -> CheckoutSaga.Outcome {
        switch action {
        case .freezeCart: try await freezeCart()
        case .priceOrder: try await priceOrder()
        case .recordPriced: try await recordPriced()
        case .reserveStock: try await reserveStock()
        case .recordAuthorising: try await recordAuthorising()
        case .authorisePayment: return try await authorisePayment()
        case .askPayment: return try await askPayment()
        case .confirmOrder: try await confirmOrder()
        case .commitStock: try await commitStock()
        case .completeCart:
            try await shop.callAsService { [shop, cartID, orderID] in try await shop.carts.complete(cartID, as: orderID)
            }
        case .capturePayment: return try await capturePayment()
        case .finish: try await finish()
        case .voidPayment: try await voidPayment()
        case .releaseStock:
            try await shop.callAsService { [shop, orderID] in try await shop.products.releaseReservation(for: orderID) }
        case .thawCart:
            try await shop.callAsService { [shop, cartID, orderID] in try await shop.carts.unlock(cartID, from: orderID)
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
        shop.logger.warning(
            message,
            metadata: ["order.id": "\(orderID)", "checkout.action": "\(action.rawValue)", "error": "\(error)"])
    }

    private func postpone() async {
        let retryAt = shop.retryAt(attempts: attempts)
        do {
            try await shop.database.write { [orderID, lease] tx in
                try CheckoutStore.postpone(orderID, until: retryAt, lease: lease, in: tx)
            }
        } catch {
            // The lease runs out by itself, and the reconciler takes over then.
            log("A checkout waits for its lease to run out", .postpone, error)
        }
    }

    /// This attempt slept past its lease and may have acted after its successor had undone everything: undo it again.
    private mutating func cleanUpAfterTakeover() async {
        if payment != nil { try? await voidPayment() }
        try? await shop.callAsService { [shop, cartID, orderID] in
            try await shop.products.releaseReservation(for: orderID)
            try await shop.carts.unlock(cartID, from: orderID)
        }
    }
}

/// Something that will not be better next time.
enum CheckoutDefect: Error {
    /// The caller's key was stored by another request meanwhile.
    case keyTaken
    case incomplete
}
