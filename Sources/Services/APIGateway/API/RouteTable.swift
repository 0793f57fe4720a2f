import Web

/// Registers routes behind the ``Door``.
struct RouteTable {
    static let prefix = "/api/v1"

    private(set) var router: APIRouter
    private let door: Door

    init(_ router: APIRouter, door: Door) {
        self.router = router
        self.door = door
    }

    mutating func get(_ path: String, _ access: Access = .everyone, use handler: @escaping Door.Handler) {
        router.get(Self.prefix + path, use: door.opening(handler, for: access, rate: .general))
    }

    mutating func post(
        _ path: String, _ access: Access = .everyone, rate: RateClass = .general, body: BodyBounds = .small,
        use handler: @escaping Door.Handler
    ) {
        router.post(Self.prefix + path, body: body, use: door.opening(handler, for: access, rate: rate))
    }

    mutating func put(
        _ path: String, _ access: Access = .everyone, body: BodyBounds = .small, use handler: @escaping Door.Handler
    ) {
        router.put(Self.prefix + path, body: body, use: door.opening(handler, for: access, rate: .general))
    }

    mutating func patch(
        _ path: String, _ access: Access = .everyone, body: BodyBounds = .small, use handler: @escaping Door.Handler
    ) {
        router.patch(Self.prefix + path, body: body, use: door.opening(handler, for: access, rate: .general))
    }

    mutating func delete(_ path: String, _ access: Access = .everyone, use handler: @escaping Door.Handler) {
        router.delete(Self.prefix + path, use: door.opening(handler, for: access, rate: .general))
    }

    /// A document at the root of the site.
    mutating func document(_ path: String, use handler: @escaping Door.Handler) {
        router.get(path, use: door.opening(handler, for: .everyone, rate: .general))
    }
}

extension BodyBounds {
    /// A hundred behaviour events, each property as long as it may be.
    static let events = BodyBounds(bytes: 524_288, json: JSONBounds(elements: 200, keys: 3_000))
    /// What staff write whole: a product with all its variants, or the rules of all offers.
    static let document = BodyBounds(bytes: mostBytes, json: JSONBounds(elements: 50_000, keys: 50_000))
}
