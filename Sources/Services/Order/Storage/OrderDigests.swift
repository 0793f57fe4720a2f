import Commerce
import Identity
import OrderContract
import SQL
import ServiceKit
import Synchronization

/// Tokens of guests, and what stands for customers and networks in this service's tables: HMAC-SHA256 under a secret
/// that is stored only in its database.
final class OrderDigests: Sendable {
    private let database: any Database
    private let links: LinkSigner?
    private let clock: WallClock
    private let cached = Mutex<[UInt8]?>(nil)

    init(database: any Database, links: LinkSigner?, clock: WallClock) {
        (self.database, self.links, self.clock) = (database, links, clock)
    }

    /// Opens a guest's order. Nothing is stored for each order, and a repeated checkout returns the same token.
    func guestToken(for order: OrderID) async throws -> String {
        try await code("order:" + order.rawValue)
    }

    /// Whether the token is the order's, or the signed link of an email about the order, which expires. Compares in
    /// constant time.
    func acceptsGuestToken(_ token: String?, for order: OrderID) async throws -> Bool {
        guard let token else { return false }
        if let links, links.accepts(token, for: order.rawValue, at: clock.now()) { return true }
        let expected = Array(try await guestToken(for: order).utf8)
        let given = Array(token.utf8)
        guard given.count == expected.count else { return false }
        return zip(given, expected).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }

    /// The owners that a coupon use counts for: a digest of the email address, and the customer's id if any. Both
    /// count, so that a customer who logs out gets no further use.
    func couponOwners(of order: Order) async throws -> [String] {
        let email = try await "mail:" + code("mail:" + order.email.lowercased())
        return [email] + (order.customerID.map { [$0.rawValue] } ?? [])
    }

    /// A digest that identifies a network for the count of refused payments without revealing it.
    func network(_ network: String?) async throws -> String {
        String(try await code("network:" + (network ?? "unknown")).prefix(16))
    }

    private func code(_ text: String) async throws -> String {
        KeyedDigest(key: try await secret()).text(for: text, bytes: 32)
    }

    private func secret() async throws -> [UInt8] {
        if let secret = cached.withLock({ $0 }) { return secret }
        let fresh = randomBytes(32)
        let secret = try await database.write { tx in
            try tx.execute(
                """
                INSERT INTO order_secrets (name, value) VALUES ('guest_tokens', \(fresh))
                ON CONFLICT (name) DO NOTHING
                """)
            return try tx.first("SELECT value FROM order_secrets WHERE name = 'guest_tokens'")?.blob("value") ?? fresh
        }
        cached.withLock { $0 = secret }
        return secret
    }
}
