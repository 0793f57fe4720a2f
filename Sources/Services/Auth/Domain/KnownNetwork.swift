/// A client and the network around it, as keyed digests that only one account has.
struct KnownNetwork: Hashable, Sendable {
    let client: String
    let network: String

    /// How much of an attempt's origin an account knows.
    enum Match: Hashable, Sendable {
        case client, network, unknown
    }
}
