/// The checkout as a pure state machine: the last action and what came of it decide the next one. The shell
/// (`Checkout`) performs actions and knows nothing of their order; the reconciler resumes from the recorded step.
///
/// Until `confirm` has committed, every failure leads backwards (void, release, thaw); after it only forwards.
enum CheckoutSaga {
    /// What the checkouts row says, and so all that a crash leaves behind. Each is written before the action after it
    /// touches the outside world.
    enum Step: String, CaseIterable, Sendable {
        /// The cart may be frozen.
        case started
        /// The cart is frozen and priced; stock may be reserved.
        case priced
        /// Stock is reserved; money may be authorised under the order's id.
        case authorising
        /// The order exists; its stock may be committed, its cart completed, its money captured.
        case confirmed
        /// The stock is sold to it, and its payment is settled: captured, or refused for good.
        case captured
        case done
        case failed
    }

    enum Action: String, CaseIterable, Sendable {
        case freezeCart, priceOrder, recordPriced, reserveStock, recordAuthorising, authorisePayment, askPayment
        /// Order, lines, coupons, response and events in one transaction.
        case confirmOrder
        case commitStock, completeCart, capturePayment, finish
        case voidPayment, releaseStock, thawCart, fail
        /// Something does not answer: leave the rest to the reconciler.
        case postpone
        /// Nothing is left to do.
        case end
    }

    enum Outcome: CaseIterable, Sendable {
        case succeeded
        /// It certainly did not happen.
        case failed
        /// It may have happened: no answer in time.
        case unknown
    }

    /// - Parameter free: Whether nothing is to be paid, so that no provider is asked.
    static func next(after action: Action, _ outcome: Outcome, free: Bool) -> Action {
        switch (action, outcome) {
        case (.freezeCart, .succeeded): .priceOrder
        case (.priceOrder, .succeeded): .recordPriced
        case (.recordPriced, .succeeded): .reserveStock
        case (.reserveStock, .succeeded): free ? .confirmOrder : .recordAuthorising
        case (.recordAuthorising, .succeeded): .authorisePayment
        case (.authorisePayment, .succeeded), (.askPayment, .succeeded): .confirmOrder
        case (.authorisePayment, .unknown): .askPayment
        case (.confirmOrder, .succeeded): .commitStock

        case (.freezeCart, _), (.priceOrder, _), (.recordPriced, _): .thawCart
        case (.reserveStock, _), (.recordAuthorising, _): .releaseStock
        case (.authorisePayment, .failed), (.askPayment, .failed): .releaseStock
        case (.askPayment, .unknown): .voidPayment
        case (.confirmOrder, .failed): free ? .releaseStock : .voidPayment
        case (.confirmOrder, .unknown): .postpone
        case (.voidPayment, .succeeded): .releaseStock
        case (.releaseStock, .succeeded), (.releaseStock, .failed): .thawCart
        case (.thawCart, .succeeded), (.thawCart, .failed): .fail
        case (.fail, .succeeded): .end

        case (.commitStock, .succeeded): .completeCart
        case (.completeCart, .succeeded), (.completeCart, .failed): free ? .finish : .capturePayment
        case (.capturePayment, .succeeded), (.capturePayment, .failed): .finish
        case (.finish, .succeeded): .end

        case (.voidPayment, _), (.releaseStock, .unknown), (.thawCart, .unknown), (.fail, _): .postpone
        case (.commitStock, _), (.completeCart, .unknown), (.capturePayment, .unknown), (.finish, _): .postpone
        case (.postpone, _), (.end, _): .end
        }
    }

    /// Where to go on after a crash: undo what was not confirmed, finish what was.
    static func resume(from step: Step, free: Bool) -> Action {
        switch step {
        case .started: .thawCart
        case .priced: .releaseStock
        case .authorising: free ? .releaseStock : .voidPayment
        case .confirmed: .commitStock
        case .captured: .finish
        case .done, .failed: .end
        }
    }
}

extension CheckoutSaga.Step {
    /// Whether the order exists, so that the only way is forward.
    var isConfirmed: Bool { self == .confirmed || hasStock }
    /// Whether the stock has been sold to the order, so that it may be sent.
    var hasStock: Bool { self == .captured || self == .done }
}
