/// Requests that are counted apart from others. Contracts declare the classes of their area; the composition gives
/// each its allowance.
package struct RateClass: RawRepresentable, Hashable, Sendable {
    /// Also the first part of the key under which requests are counted in Redis.
    package let rawValue: String

    package init(rawValue: String) { self.rawValue = rawValue }

    /// Requests of no other class.
    package static let general = RateClass(rawValue: "general")
}
