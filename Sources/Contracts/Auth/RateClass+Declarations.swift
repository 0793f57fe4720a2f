package import ServiceKit

extension RateClass {
    /// Attempts at a password, also where it is changed.
    package static let logIn = RateClass(rawValue: "logIn")
    package static let register = RateClass(rawValue: "register")
}
