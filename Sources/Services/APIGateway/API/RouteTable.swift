import ServiceKit
import Web

/// Registers routes behind the ``RouteAccess``.
struct RouteTable {
    static let prefix = "/api/v1"

    private(set) var router: APIRouter
    private let access: RouteAccess

    init(_ router: APIRouter, access: RouteAccess) {
        self.router = router
        self.access = access
    }

    mutating func get(
        _ path: String, _ audience: RouteAccess.Audience = .everyone, use handler: @escaping RouteAccess.Handler
    ) {
        router.get(Self.prefix + path, use: access.checked(handler, for: audience, rate: .general))
    }

    mutating func post(
        _ path: String, _ audience: RouteAccess.Audience = .everyone, rate: RateClass = .general,
        body: BodyBounds = .small,
        use handler: @escaping RouteAccess.Handler
    ) {
        router.post(Self.prefix + path, body: body, use: access.checked(handler, for: audience, rate: rate))
    }

    mutating func put(
        _ path: String, _ audience: RouteAccess.Audience = .everyone, body: BodyBounds = .small,
        use handler: @escaping RouteAccess.Handler
    ) {
        router.put(Self.prefix + path, body: body, use: access.checked(handler, for: audience, rate: .general))
    }

    mutating func patch(
        _ path: String, _ audience: RouteAccess.Audience = .everyone, body: BodyBounds = .small,
        use handler: @escaping RouteAccess.Handler
    ) {
        router.patch(Self.prefix + path, body: body, use: access.checked(handler, for: audience, rate: .general))
    }

    mutating func delete(
        _ path: String, _ audience: RouteAccess.Audience = .everyone, use handler: @escaping RouteAccess.Handler
    ) {
        router.delete(Self.prefix + path, use: access.checked(handler, for: audience, rate: .general))
    }

    /// A document at the root of the site.
    mutating func document(_ path: String, use handler: @escaping RouteAccess.Handler) {
        router.get(path, use: access.checked(handler, for: .everyone, rate: .general))
    }
}

extension BodyBounds {
    /// A hundred behaviour events, each property as long as it may be.
    static let events = BodyBounds(bytes: 524_288, json: JSONBounds(elements: 200, keys: 3_000))
    /// What a payment provider sends; it is not read here.
    static let notification = BodyBounds(bytes: 65_536, json: BodyBounds.small.json)
    /// What staff write whole: a product with all its variants, or the rules of all offers.
    static let document = BodyBounds(bytes: mostBytes, json: JSONBounds(elements: 50_000, keys: 50_000))
}
