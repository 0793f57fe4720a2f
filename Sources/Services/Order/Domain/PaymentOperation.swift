/// What a provider is asked to do with a payment. The raw values are labels of a metric.
enum PaymentOperation: String, CaseIterable, Sendable {
    case authorise, capture, void, refund

    enum Result: String, CaseIterable, Sendable {
        case succeeded
        /// The customer's bank or card refuses the payment.
        case declined
        /// The provider will never do this.
        case failed
        /// No response in time, or an unexpected one.
        case unknown
    }
}
