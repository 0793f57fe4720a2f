import AuthContract
import Commerce

/// An attempt to prove the password of an account, and its origin, as the throttle and the audit log store it: keyed
/// digests, so that addresses cannot be found without the key by trying many.
struct LoginAttempt: Sendable {
    enum Purpose: String, Sendable {
        case logIn = "log in"
        /// The caller is logged in: the limits are separate, so that attempts to log in cannot exhaust them.
        case changePassword = "change password"
    }

    /// Of the email address, as the audit log stores it.
    let email: String
    /// Of the account and the purpose.
    let account: String
    /// Of the account, the purpose and the client.
    let client: String
    /// Of the network that the client is in, the same for all accounts.
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

    /// The origin of the attempt as it is stored for this account: every account has other digests for it. Nil when the
    /// client is not known.
    func origin(for customer: CustomerID) -> KnownNetwork? {
        guard let clientName else { return nil }
        return KnownNetwork(
            client: Digest.hmac("known\n\(customer)\n\(clientName)", key: key),
            network: Digest.hmac("known\n\(customer)\n\(Self.network(of: clientName))", key: key))
    }

    /// The /24 of an IPv4 address and the /48 of an IPv6 network: what a provider assigns to one customer or one site.
    static func network(of client: String) -> String {
        let bytes = client.split(separator: ".")
        if bytes.count == 4 { return bytes.prefix(3).joined(separator: ".") + ".0/24" }
        let groups = client.split(separator: ":")
        guard client.hasSuffix("::/64"), groups.count >= 4 else { return client }
        return groups.prefix(3).joined(separator: ":") + "::/48"
    }
}
