/// The end of an attempt to sign in. The raw values are labels of a metric.
enum SignInOutcome: String, CaseIterable, Sendable {
    case succeeded
    case wrongCredentials = "wrong_credentials"
    case limited
}
