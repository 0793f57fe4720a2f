/// What is limited on its own.
package enum RateClass: Hashable, Sendable {
    case general, logIn, register
    /// Behaviour events, one by one.
    case events
}
