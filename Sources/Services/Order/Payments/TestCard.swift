/// What a token of the test acquirer makes happen.
struct PaymentScript: Sendable {
    var token: String
    var name: String
    var hint: String
    var state: Payment.State
    var isSlow = false

    static let all = [
        PaymentScript(
            token: "tok_success", name: "Test card – succeeds", hint: "The payment goes through", state: .authorised),
        declined,
        PaymentScript(
            token: "tok_insufficient_funds", name: "Test card – not enough money", hint: "The bank says no, and why",
            state: .refused(.insufficientFunds)),
        PaymentScript(
            token: "tok_requires_action", name: "Test card – needs confirmation",
            hint: "The bank asks for one more step", state: .refused(.requiresAction)),
        PaymentScript(
            token: "tok_timeout_then_success", name: "Test card – slow bank",
            hint: "The answer comes late, the charge counts once", state: .authorised, isSlow: true),
    ]

    /// A token that nobody knows is declined.
    static func of(_ token: String) -> PaymentScript { all.first { $0.token == token } ?? declined }

    private static let declined = PaymentScript(
        token: "tok_declined", name: "Test card – declined", hint: "The bank says no", state: .refused(.declined))
}
