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
        _ path: String, _ access: Access = .everyone, rate: RateClass = .general, use handler: @escaping Door.Handler
    ) {
        router.post(Self.prefix + path, use: door.opening(handler, for: access, rate: rate))
    }

    mutating func put(_ path: String, _ access: Access = .everyone, use handler: @escaping Door.Handler) {
        router.put(Self.prefix + path, use: door.opening(handler, for: access, rate: .general))
    }

    mutating func patch(_ path: String, _ access: Access = .everyone, use handler: @escaping Door.Handler) {
        router.patch(Self.prefix + path, use: door.opening(handler, for: access, rate: .general))
    }

    mutating func delete(_ path: String, _ access: Access = .everyone, use handler: @escaping Door.Handler) {
        router.delete(Self.prefix + path, use: door.opening(handler, for: access, rate: .general))
    }

    /// A document at the root of the site.
    mutating func document(_ path: String, use handler: @escaping Door.Handler) {
        router.get(path, use: door.opening(handler, for: .everyone, rate: .general))
    }
}
