/// Which page of a list is wanted.
package struct PageRequest: Hashable, Sendable, Codable {
    /// What an earlier page gave as `nextCursor`; nil for the first.
    package var cursor: String?
    /// 1 to 100.
    package var limit: Int
    /// Whether the answer says how many there are in all.
    package var wantsCount: Bool

    package init(cursor: String? = nil, limit: Int = 20, wantsCount: Bool = false) {
        self.cursor = cursor
        self.limit = limit
        self.wantsCount = wantsCount
    }
}
