import RPC
package import ServiceKit

extension PageRequest {
    package init(wire: Magpie_Commerce_V1_PageRequest?) throws {
        guard let wire else { throw WireFault("page", "must be given") }
        self.init(cursor: wire.hasCursor ? wire.cursor : nil, limit: Int(wire.limit), wantsCount: wire.wantsCount)
    }
}

extension Magpie_Commerce_V1_PageRequest {
    package init(_ page: PageRequest) {
        if let cursor = page.cursor { self.cursor = cursor }
        limit = Int32(clamping: page.limit)
        wantsCount = page.wantsCount
    }
}

extension Magpie_Commerce_V1_PageInfo {
    package init(nextCursor: String?, count: Int?) {
        if let nextCursor { self.nextCursor = nextCursor }
        if let count { self.count = Int64(count) }
    }
}

extension Page {
    package init(_ items: [Item], wire: Magpie_Commerce_V1_PageInfo) {
        self.init(
            items: items, nextCursor: wire.hasNextCursor ? wire.nextCursor : nil,
            count: wire.hasCount ? Int(wire.count) : nil)
    }
}
