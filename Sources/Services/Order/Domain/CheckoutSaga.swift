/// The checkout as a pure state machine: the last action and its outcome decide the next one. A use case performs the
/// actions and does not decide their order; the reconciler resumes from the recorded step.
///
/// Until `confirmOrder` has committed, every failure is compensated (void, release, unlock). After it the checkout only
/// goes forward.
enum CheckoutSaga {
    /// The recorded step, which is all that remains after a crash. Each is written before the next action with a remote
    /// effect.
    enum Step: String, CaseIterable, Sendable {
        /// The cart may be locked.
        case started
        /// The cart is locked and priced; stock may be reserved.
        case priced
        /// Stock is reserved; money may be authorised under the order's id.
        case authorising
        /// The order exists; its stock may be committed, its cart completed, its money captured.
        case confirmed
        /// The stock is committed, and the payment is settled: captured, or finally refused.
        case captured
        case done
        case failed
    }

    enum Action: String, CaseIterable, Sendable {
        case lockCart, priceOrder, recordPriced, reserveStock, recordAuthorising, authorisePayment, askPayment
        /// Order, lines, coupons, response and events in one transaction.
        case confirmOrder
        case commitStock, completeCart, capturePayment, finish
        case voidPayment, releaseStock, unlockCart, fail
        /// A dependency is unavailable: the reconciler does the rest.
        case postpone
        /// The checkout has ended.
        case end
    }

    enum Outcome: CaseIterable, Sendable {
        case succeeded
        /// The action had no effect.
        case failed
        /// The action may have had its effect: no response in time.
        case unknown
    }

    /// - Parameter free: Whether the total is zero, so that no provider is called.
    static func next(after action: Action, _ outcome: Outcome, free: Bool) -> Action {
        switch (action, outcome) {
        case (.lockCart, .succeeded): .priceOrder
        case (.priceOrder, .succeeded): .recordPriced
        case (.recordPriced, .succeeded): .reserveStock
        case (.reserveStock, .succeeded): free ? .confirmOrder : .recordAuthorising
        case (.recordAuthorising, .succeeded): .authorisePayment
        case (.authorisePayment, .succeeded), (.askPayment, .succeeded): .confirmOrder
        case (.authorisePayment, .unknown): .askPayment
        case (.confirmOrder, .succeeded): .commitStock

        case (.lockCart, _), (.priceOrder, _), (.recordPriced, _): .unlockCart
        case (.reserveStock, _), (.recordAuthorising, _): .releaseStock
        case (.authorisePayment, .failed), (.askPayment, .failed): .releaseStock
        case (.askPayment, .unknown): .voidPayment
        case (.confirmOrder, .failed): free ? .releaseStock : .voidPayment
        case (.confirmOrder, .unknown): .postpone
        case (.voidPayment, .succeeded): .releaseStock
        case (.releaseStock, .succeeded), (.releaseStock, .failed): .unlockCart
        case (.unlockCart, .succeeded), (.unlockCart, .failed): .fail
        case (.fail, .succeeded): .end

        case (.commitStock, .succeeded): .completeCart
        case (.completeCart, .succeeded), (.completeCart, .failed): free ? .finish : .capturePayment
        case (.capturePayment, .succeeded), (.capturePayment, .failed): .finish
        case (.finish, .succeeded): .end

        case (.voidPayment, _), (.releaseStock, .unknown), (.unlockCart, .unknown), (.fail, _): .postpone
        case (.commitStock, _), (.completeCart, .unknown), (.capturePayment, .unknown), (.finish, _): .postpone
        case (.postpone, _), (.end, _): .end
        }
    }

    /// The first action after a crash: an unconfirmed checkout is undone, a confirmed one is finished.
    static func resume(from step: Step, free: Bool) -> Action {
        switch step {
        case .started: .unlockCart
        case .priced: .releaseStock
        case .authorising: free ? .releaseStock : .voidPayment
        case .confirmed: .commitStock
        case .captured: .finish
        case .done, .failed: .end
        }
    }
}

extension CheckoutSaga.Step {
    /// Whether the order exists, so that the checkout can only go forward.
    var isConfirmed: Bool { self == .confirmed || hasStock }
    /// Whether the stock is committed to the order, so that it may be shipped.
    var hasStock: Bool { self == .captured || self == .done }
}
