/// Which page of a list is wanted.
package struct PageRequest: Hashable, Sendable, Codable {
    /// The `nextCursor` of an earlier page; nil for the first.
    package var cursor: String?
    /// 1 to 100.
    package var limit: Int
    /// Whether the response has the total number of items.
    package var wantsCount: Bool

    package init(cursor: String? = nil, limit: Int = 20, wantsCount: Bool = false) {
        self.cursor = cursor
        self.limit = limit
        self.wantsCount = wantsCount
    }
}

extension PageRequest {
    /// The limit within its range.
    package var boundedLimit: Int { min(max(limit, 1), 100) }

    /// Where the page before this one ended; nil for the first page. Throws 422 `invalid_cursor`.
    package func cursor(of list: String) throws(ServiceError) -> PageCursor? {
        guard let cursor else { return nil }
        return try PageCursor(cursor, of: list)
    }
}
