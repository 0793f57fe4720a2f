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
