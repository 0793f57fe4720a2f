/// The steps of checkouts, cancellations and refunds with an effect elsewhere. The raw values are labels of a metric.
enum SagaStep: String, CaseIterable, Sendable {
    case lockCart = "lock_cart"
    case priceOrder = "price_order"
    case reserveStock = "reserve_stock"
    case authorisePayment = "authorise_payment"
    case confirmOrder = "confirm_order"
    case commitStock = "commit_stock"
    case completeCart = "complete_cart"
    case capturePayment = "capture_payment"
    case cancelOrder = "cancel_order"
    case refundOrder = "refund_order"

    enum Outcome: String, CaseIterable, Sendable {
        case done
        /// A known answer that ends the step, such as too little stock.
        case refused
        /// An unknown outcome: the step is asked for, repeated or undone.
        case failed
        /// The effect of an earlier step was reversed.
        case undone
    }

    /// What a finished action of a checkout counts as; nil for records in the service's own database.
    static func counted(
        _ action: CheckoutSaga.Action, _ outcome: CheckoutSaga.Outcome
    ) -> (step: SagaStep, outcome: Outcome)? {
        let forward: Outcome =
            switch outcome {
            case .succeeded: .done
            case .failed: .refused
            case .unknown: .failed
            }
        let backward: Outcome = outcome == .succeeded ? .undone : .failed
        return switch action {
        case .lockCart: (.lockCart, forward)
        case .priceOrder: (.priceOrder, forward)
        case .reserveStock: (.reserveStock, forward)
        case .authorisePayment, .askPayment: (.authorisePayment, forward)
        case .confirmOrder: (.confirmOrder, forward)
        case .commitStock: (.commitStock, forward)
        case .completeCart: (.completeCart, forward)
        case .capturePayment: (.capturePayment, forward)
        case .voidPayment: (.authorisePayment, backward)
        case .releaseStock: (.reserveStock, backward)
        case .unlockCart: (.lockCart, backward)
        case .recordPriced, .recordAuthorising, .finish, .fail, .postpone, .end: nil
        }
    }
}
