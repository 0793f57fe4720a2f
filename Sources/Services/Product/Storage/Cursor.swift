import FoundationEssentials
import ServiceKit

/// The end of a page: the sort key and number of its last row, so that rows inserted meanwhile move nothing.
/// Written as base64url; callers must not look into it.
struct Cursor: Hashable {
    /// Order and filters of the list; a cursor works only with the list it came from.
    var list: String
    var key: String
    var number: Int64

    private static let separator: Character = "\u{1F}"

    var text: String {
        Data("\(check)\(Self.separator)\(number)\(Self.separator)\(key)".utf8).base64EncodedString()
            .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    /// Refuses a cursor that was cut off, and one of another list.
    private var check: String { String(ContentDigest.of([list, "\(number)", key]).prefix(8)) }

    init(list: String, key: String, number: Int64) {
        self.list = list
        self.key = key
        self.number = number
    }

    /// Throws 422 `invalid_cursor` for anything that is not a cursor of this list.
    init(_ text: String, list: String) throws(ServiceError) {
        let padding = String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
        let base64 = text.replacing("-", with: "+").replacing("_", with: "/") + padding
        guard text.utf8.count <= 2_000, let data = Data(base64Encoded: base64),
            let plain = String(validating: data, as: UTF8.self)
        else { throw Self.invalid }
        let parts = plain.split(separator: Self.separator, maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, let number = Int64(parts[1]) else { throw Self.invalid }
        self.init(list: list, key: String(parts[2]), number: number)
        guard parts[0] == check else { throw Self.invalid }
    }

    static let invalid = ServiceError(
        ErrorCode.invalidCursor, "The cursor is not one this list gave out.",
        fields: [
            ServiceError.Field(field: "cursor", code: ErrorCode.invalidCursor, detail: "start again without a cursor")
        ])
}
