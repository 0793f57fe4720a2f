package import ServiceKit

extension AttemptLimits {
    /// How many payments may be refused before the next attempt has to wait.
    package static let payments = AttemptLimits(perCart: 5)
}
