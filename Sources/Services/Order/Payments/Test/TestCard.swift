/// A token of the test provider and its outcome.
struct TestCard: Sendable {
    var token: String
    var name: String
    var hint: String
    var state: Payment.State
    var isSlow = false

    static let all = [
        TestCard(
            token: "tok_success", name: "Test card – succeeds", hint: "The payment is authorised", state: .authorised),
        declined,
        TestCard(
            token: "tok_insufficient_funds", name: "Test card – not enough money",
            hint: "The bank declines the payment: not enough money",
            state: .refused(.insufficientFunds)),
        TestCard(
            token: "tok_requires_action", name: "Test card – needs confirmation",
            hint: "The bank requires another step", state: .refused(.requiresAction)),
        TestCard(
            token: "tok_timeout_then_success", name: "Test card – slow bank",
            hint: "The response is late, and the payment is charged once", state: .authorised, isSlow: true),
    ]

    /// An unknown token is declined.
    static func of(_ token: String) -> TestCard { all.first { $0.token == token } ?? declined }

    private static let declined = TestCard(
        token: "tok_declined", name: "Test card – declined", hint: "The bank declines the payment",
        state: .refused(.declined))
}
