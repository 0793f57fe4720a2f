import Commerce
import ServiceKit

/// What the shop remembers of a visitor, in the visitor's own cookie.
struct Session: Codable, Hashable, Sendable {
    /// A message for the next page.
    struct Flash: Codable, Hashable, Sendable {
        var text: String
        var isBad: Bool
    }
    /// The right to see an order without an account.
    struct GuestOrder: Codable, Hashable, Sendable {
        var id: String
        var token: String
    }

    /// What CSRF tokens are derived from.
    var seed = Session.randomText()
    /// An opaque name for behaviour events.
    var visitor = Session.randomText()
    var accessToken: String?
    var refreshToken: String?
    /// When the access token ends, in milliseconds since 1970.
    var accessUntil: Int64?
    var cart: String?
    var cartCount: Int?
    var flash: Flash?
    var guestOrders: [GuestOrder]?

    var cartID: CartID? { cart.flatMap { CartID($0) } }

    mutating func remember(cart id: CartID, count: Int) {
        cart = id.rawValue
        cartCount = count
    }

    mutating func forgetCart() {
        cart = nil
        cartCount = nil
    }

    mutating func forgetLogin() {
        accessToken = nil
        refreshToken = nil
        accessUntil = nil
    }

    /// A new seed with every change of who is logged in, so that nobody can plant one beforehand.
    mutating func renewSeed() { seed = Self.randomText() }

    /// Keeps the tokens of the last five orders.
    mutating func remember(guestOrder id: OrderID, token: String) {
        let others = (guestOrders ?? []).filter { $0.id != id.rawValue }
        guestOrders = others.suffix(4) + [GuestOrder(id: id.rawValue, token: token)]
    }

    func guestToken(for id: OrderID) -> String? { guestOrders?.first { $0.id == id.rawValue }?.token }

    mutating func say(_ text: String, bad: Bool = false) { flash = Flash(text: text, isBad: bad) }

    /// 128 random bits in hex, which nobody can work out.
    static func randomText() -> String { hexadecimal((0..<16).map { _ in UInt8.random(in: .min ... .max) }) }
}
