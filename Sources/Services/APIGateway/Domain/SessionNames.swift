import Commerce
import ServiceKit

/// Names sessions of behaviour events whose sender names none.
struct SessionNames: Sendable {
    /// Keeps a name from being traced back to a network; new with every start.
    private let digest = KeyedDigest()

    /// The same name for one network and browser during one day.
    func name(of networkAndBrowser: String, at now: Instant) -> String {
        "v-" + digest.text(for: "\(now.rfc3339.prefix(10))\n\(networkAndBrowser)")
    }
}
