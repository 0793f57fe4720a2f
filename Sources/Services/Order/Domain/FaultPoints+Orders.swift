package import ServiceKit

extension FaultPoints {
    /// The order service's, one before and one after every step that leaves a trace: `checkout.reserveStock.before`,
    /// `cancel.stock.after`, …
    package static let ofOrders: [String] = {
        let checkout = CheckoutSaga.Action.allCases.filter { $0 != .postpone && $0 != .end }.map { "checkout.\($0)" }
        let others = ["checkout.start"] + TaskStep.allCases.map(\.rawValue)
        return (checkout + others).flatMap { ["\($0).before", "\($0).after"] }
    }()
}

/// The steps of cancellations and refunds, as fault points name them.
enum TaskStep: String, CaseIterable {
    case cancelRecord = "cancel.record"
    case cancelStock = "cancel.stock"
    case cancelVoid = "cancel.void"
    case cancelRefundRecord = "cancel.refundRecord"
    case cancelRefund = "cancel.refund"
    case cancelFinish = "cancel.finish"
    case refundRecord = "refund.record"
    case refundPayment = "refund.payment"
    case refundFinish = "refund.finish"
    case refundStock = "refund.stock"
}
