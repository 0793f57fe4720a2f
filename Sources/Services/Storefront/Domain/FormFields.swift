import Calls
import Foundation

/// A form as browsers send it: `application/x-www-form-urlencoded`.
struct FormFields: Hashable, Sendable {
    /// The most bytes a form may have.
    static let maximumSize = 65_536
    private var values: [String: String] = [:]

    init() {}

    /// Throws `unreadable` (400 `invalid_form`) when it is not percent-encoded UTF-8 or has over 200 fields.
    init(_ text: String) throws(ServiceError) {
        let pairs = text.split(separator: "&")
        guard pairs.count <= 200 else { throw Self.unreadable }
        for pair in pairs {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            values[try Self.decoded(parts[0])] = parts.count > 1 ? try Self.decoded(parts[1]) : ""
        }
    }

    init(_ bytes: [UInt8]) throws(ServiceError) {
        guard let text = String(validating: bytes, as: UTF8.self) else { throw Self.unreadable }
        try self.init(text)
    }

    /// The value without white space at its ends, cut at `max` characters; empty when absent.
    func text(_ name: String, max: Int = 200) -> String {
        String((values[name] ?? "").trimmingCharacters(in: .whitespacesAndNewlines).prefix(max))
    }

    /// The value as it was typed, for passwords.
    func exact(_ name: String) -> String { values[name] ?? "" }

    /// nil when absent or blank.
    func optional(_ name: String) -> String? {
        let text = text(name, max: 1_000)
        return text.isEmpty ? nil : text
    }

    func int(_ name: String) -> Int? { Int(text(name)) }

    private static func decoded(_ text: Substring) throws(ServiceError) -> String {
        guard let decoded = text.replacing("+", with: " ").removingPercentEncoding else { throw unreadable }
        return decoded
    }

    private static let unreadable = ServiceError(.unreadable, code: "invalid_form", "The form cannot be read.")
}
