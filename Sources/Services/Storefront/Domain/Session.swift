import AuthContract
import CartContract
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

    mutating func remember(_ cart: Cart) {
        remember(cart: cart.id, count: cart.lines.reduce(0) { $0 + $1.quantity })
    }

    mutating func forgetCart() {
        cart = nil
        cartCount = nil
    }

    mutating func remember(_ login: SignIn, at now: Instant) {
        accessToken = login.accessToken
        refreshToken = login.refreshToken
        accessUntil = now.milliseconds + Int64(login.expiresIn) * 1_000
    }

    mutating func forgetLogin() {
        accessToken = nil
        refreshToken = nil
        accessUntil = nil
    }

    /// A new seed with every login and logout, so that nobody can plant one beforehand.
    mutating func renewSeed() { seed = Self.randomText() }

    /// Keeps the tokens of the last five orders.
    mutating func remember(guestOrder id: OrderID, token: String) {
        let others = (guestOrders ?? []).filter { $0.id != id.rawValue }
        guestOrders = others.suffix(4) + [GuestOrder(id: id.rawValue, token: token)]
    }

    func guestToken(for id: OrderID) -> String? { guestOrders?.first { $0.id == id.rawValue }?.token }

    /// Sets the message of the next page.
    mutating func setFlash(_ text: String, bad: Bool = false) { flash = Flash(text: text, isBad: bad) }

    /// 128 random bits in hex.
    static func randomText() -> String { hexadecimal(randomBytes(16)) }
}
