import AuthContract
import Commerce

/// Who tries to show an account's password, and from where, as the throttle and the audit log know it: keyed digests,
/// from which nobody without the key learns an address by trying many.
struct LoginAttempt: Sendable {
    enum Purpose: String, Sendable {
        case logIn = "log in"
        /// Whoever does this is logged in: it has limits of its own, which strangers cannot fill.
        case changePassword = "change password"
    }

    /// Of the mail address, as the audit log names it.
    let email: String
    /// Of the account and what its password is shown for.
    let account: String
    /// Of the account and the client.
    let client: String
    /// Of the network that the client is in, over all accounts.
    let network: String
    private let clientName: String?
    private let key: [UInt8]

    /// - Parameters:
    ///   - email: Normalised, or in lower case what cannot be.
    ///   - client: `CallContext.clientNetwork`
    init(email: String, client: String?, purpose: Purpose = .logIn, key: [UInt8]) {
        self.email = Digest.hmac(email, key: key)
        account = Digest.hmac("\(purpose.rawValue)\n\(email)", key: key)
        self.client = Digest.hmac("\(purpose.rawValue)\n\(email)\n\(client ?? "")", key: key)
        network = Digest.hmac("network\n\(client.map(Self.network) ?? "")", key: key)
        clientName = client
        self.key = key
    }

    /// Where the attempt comes from, as the account would know it: no two accounts have the same digests for it. Nil when
    /// that is not known.
    func place(for customer: CustomerID) -> KnownPlace? {
        guard let clientName else { return nil }
        return KnownPlace(
            client: Digest.hmac("known\n\(customer)\n\(clientName)", key: key),
            network: Digest.hmac("known\n\(customer)\n\(Self.network(of: clientName))", key: key))
    }

    /// The /24 of an IPv4 address and the /48 of an IPv6 network: what a provider gives to one customer or one place.
    static func network(of client: String) -> String {
        let bytes = client.split(separator: ".")
        if bytes.count == 4 { return bytes.prefix(3).joined(separator: ".") + ".0/24" }
        let groups = client.split(separator: ":")
        guard client.hasSuffix("::/64"), groups.count >= 4 else { return client }
        return groups.prefix(3).joined(separator: ":") + "::/48"
    }
}

/// A client and the network around it, in digests of one account.
struct KnownPlace: Hashable, Sendable {
    let client: String
    let network: String
}
