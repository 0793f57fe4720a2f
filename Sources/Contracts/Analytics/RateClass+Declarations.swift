package import ServiceKit

extension RateClass {
    /// Behaviour events, counted one by one.
    package static let events = RateClass(rawValue: "events")
}
