import FoundationEssentials

/// Where a page ended: the sort key and the number of its last item, so that items inserted meanwhile move nothing.
/// Written as base64url, with a check sum; callers must not look into it.
package struct PageCursor: Hashable, Sendable {
    /// Order and filters of the list: a cursor works only with the list that it came from.
    package var list: String
    package var key: String
    package var number: Int64

    package init(list: String, key: String = "", number: Int64 = 0) {
        self.list = list
        self.key = key
        self.number = number
    }

    /// Throws 422 `invalid_cursor` for anything that is not a cursor of this list.
    package init(_ text: String, of list: String) throws(ServiceError) {
        let padding = String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
        let base64 = text.replacing("-", with: "+").replacing("_", with: "/") + padding
        guard text.utf8.count <= 2_000, let data = Data(base64Encoded: base64),
            let plain = String(validating: data, as: UTF8.self)
        else { throw Self.invalid }
        let parts = plain.split(separator: Self.separator, maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, let number = Int64(parts[1]) else { throw Self.invalid }
        self.init(list: list, key: String(parts[2]), number: number)
        guard parts[0] == checkSum else { throw Self.invalid }
    }

    package var text: String {
        Data("\(checkSum)\(Self.separator)\(number)\(Self.separator)\(key)".utf8).base64EncodedString()
            .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    package static let invalid = ServiceError(
        ErrorCode.invalidCursor, "The cursor is not one that this list returned.",
        fields: [
            ServiceError.Field(field: "cursor", code: ErrorCode.invalidCursor, detail: "start again without a cursor")
        ])

    private static let separator: Character = "\u{1F}"

    /// Differs for a cursor that was cut off and for one of another list.
    private var checkSum: String { String(ContentHash.of([list, "\(number)", key]).prefix(8)) }
}
