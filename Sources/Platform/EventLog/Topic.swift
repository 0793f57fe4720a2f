/// A topic of the event log. Which topics carry events is declared beside the events, in `EventContract`.
package struct Topic: Hashable, Sendable {
    /// Its name, such as `magpie.orders`.
    package let rawValue: String

    package init(_ name: String) { rawValue = name }
}
