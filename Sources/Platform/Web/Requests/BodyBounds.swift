import ServiceKit

/// What a request's body may cost: bytes while it arrives, and work while it is read.
package struct BodyBounds: Hashable, Sendable {
    package var bytes: Int
    package var json: JSONBounds

    package init(bytes: Int, json: JSONBounds) {
        self.bytes = bytes
        self.json = json
    }

    /// What a request of a customer needs; routes that need more say so.
    package static let small = BodyBounds(bytes: 16_384, json: JSONBounds(elements: 200, keys: 500))

    /// What no route goes beyond, in bytes.
    package static let mostBytes = 1_048_576
}

extension ServiceError {
    /// 413: the body has more bytes than its route takes.
    static func bodyTooLarge(_ limit: Int) -> ServiceError {
        let limit = limit % 1_048_576 == 0 ? "\(limit / 1_048_576) MiB" : "\(limit / 1_024) KiB"
        return ServiceError(ErrorCode.bodyTooLarge, "The body may have at most \(limit).")
    }
}
