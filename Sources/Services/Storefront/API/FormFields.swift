import Commerce
import ServiceKit

/// A form as browsers send it: `application/x-www-form-urlencoded`.
struct FormFields: Hashable, Sendable {
    private static let mostFields = 200
    private var values: [String: String] = [:]

    init() {}

    /// Throws `unreadable` (400 `invalid_form`) when it is not percent-encoded UTF-8 or has over 200 fields.
    init(_ bytes: [UInt8]) throws(ServiceError) {
        let fields = bytes.split(separator: UInt8(ascii: "&"), maxSplits: Self.mostFields)
        guard fields.count <= Self.mostFields else { throw Self.unreadable }
        for field in fields {
            let name = field.prefix { $0 != UInt8(ascii: "=") }
            let value = field.dropFirst(name.count + 1)
            guard let name = PercentEncoding.decoded(name, plusIsSpace: true),
                let value = PercentEncoding.decoded(value, plusIsSpace: true)
            else { throw Self.unreadable }
            values[name] = value
        }
    }

    /// The value without white space at its ends, cut at `max` characters; empty when absent.
    func text(_ name: String, max: Int = 200) -> String {
        String((values[name] ?? "").trimmed.prefix(max))
    }

    /// The value as it was typed, for passwords.
    func exact(_ name: String) -> String { values[name] ?? "" }

    /// nil when absent or blank.
    func optional(_ name: String) -> String? {
        let text = text(name, max: 1_000)
        return text.isEmpty ? nil : text
    }

    func int(_ name: String) -> Int? { Int(text(name)) }

    private static let unreadable = ServiceError(PageErrorCode.invalidForm, "The form cannot be read.")
}
