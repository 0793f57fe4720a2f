import Commerce
package import Hummingbird
package import ServiceKit

/// Reads a request's query. Parameters that are not read are ignored.
package struct QueryFields: Sendable {
    private let values: [String: [String]]

    /// Throws `unreadable` (400 `invalid_query`) when the query is not percent-encoded UTF-8 or has over
    /// 200 parameters.
    package init(_ request: Request) throws(ServiceError) { try self.init(query: request.uri.query ?? "") }

    init(query: String) throws(ServiceError) {
        let pairs = query.split(separator: "&")
        guard pairs.count <= 200 else { throw Self.unreadable }
        var values: [String: [String]] = [:]
        for pair in pairs {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = try Self.decoded(parts[0])
            values[name, default: []].append(parts.count > 1 ? try Self.decoded(parts[1]) : "")
        }
        self.values = values
    }

    /// How many items a page has: `limit`, from 1 to `max`, else 422.
    package func limit(default standard: Int = 20, max: Int = 100) throws(ServiceError) -> Int {
        try int("limit", in: 1...max) ?? standard
    }

    /// Where a page starts: `cursor`, as returned by an earlier response.
    package func cursor() throws(ServiceError) -> String? { try string("cursor", max: 1_000) }

    /// `limit`, `cursor` and, for a total, `count=true`.
    package func page() throws(ServiceError) -> PageRequest {
        try PageRequest(cursor: cursor(), limit: limit(), wantsCount: bool("count") ?? false)
    }

    /// The last value of a parameter, such as `q` or `price[gte]`; nil when it is absent or empty.
    package func string(_ name: String, max: Int = 200) throws(ServiceError) -> String? {
        guard let value = values[name]?.last, !value.isEmpty else { return nil }
        return try checked(value, name, max: max)
    }

    /// All values of a repeated parameter: `tag=a&tag=b`.
    package func strings(_ name: String, max: Int = 200, maxCount: Int = 50) throws(ServiceError) -> [String] {
        let all = (values[name] ?? []).filter { !$0.isEmpty }
        guard all.count <= maxCount else {
            throw .invalid(name, code: FieldCode.tooLong, "may be given at most \(maxCount) times")
        }
        for value in all { _ = try checked(value, name, max: max) }
        return all
    }

    /// A whole number; nil when it is absent or empty.
    package func int(_ name: String, in range: ClosedRange<Int>) throws(ServiceError) -> Int? {
        guard let text = try string(name) else { return nil }
        guard let number = Int(text), text.first != "+" else {
            throw .invalid(name, code: FieldCode.wrongType, "must be a whole number")
        }
        guard range.contains(number) else {
            throw .invalid(name, code: FieldCode.outOfRange, "must be from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    /// `true` or `false`; nil when it is absent or empty.
    package func bool(_ name: String) throws(ServiceError) -> Bool? {
        guard let text = try string(name) else { return nil }
        guard let flag = Bool(text) else { throw .invalid(name, code: FieldCode.wrongType, "must be true or false") }
        return flag
    }

    private func checked(_ value: String, _ name: String, max: Int) throws(ServiceError) -> String {
        guard value.unicodeScalars.count <= max else {
            throw .invalid(name, code: FieldCode.tooLong, "must have at most \(max) characters")
        }
        guard !value.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else {
            throw .invalid(name, code: FieldCode.invalidCharacters, "must not contain control characters")
        }
        return value
    }

    private static func decoded(_ text: Substring) throws(ServiceError) -> String {
        guard let decoded = PercentEncoding.decoded(text.utf8, plusIsSpace: true) else { throw unreadable }
        return decoded
    }

    private static let unreadable = ServiceError(ErrorCode.invalidQuery, "The query cannot be read.")
}
