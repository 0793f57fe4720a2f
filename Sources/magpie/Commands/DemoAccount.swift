import Foundation

struct DemoAccount: Sendable {
    var role: String
    var email: String
    /// Only when it was made just now.
    var password: String?

    /// What the operator reads.
    var line: String {
        let password = password.map { "password \($0)" } ?? "password as printed at the first start"
        return "\(role.padding(toLength: 15, withPad: " ", startingAt: 0)) \(email), \(password)"
    }
}
