/// A class of requests with a limit of its own.
package enum RateClass: Hashable, Sendable {
    case general, logIn, register
    /// Behaviour events, counted one by one.
    case events
}
