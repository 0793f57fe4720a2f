import Commerce
import ServiceKit

/// A form as browsers send it: `application/x-www-form-urlencoded`.
struct FormFields: Hashable, Sendable {
    private static let mostFields = 200
    private var values: [String: String] = [:]

    init() {}

    /// Throws `unreadable` (400 `invalid_form`) when it is not percent-encoded UTF-8 or has over 200 fields.
    init(_ bytes: [UInt8]) throws(ServiceError) {
        var (count, field) = (0, FormField())
        var rest = bytes[...]
        while true {
            guard let byte = rest.popFirst(), byte != UInt8(ascii: "&") else {
                if !field.isEmpty {
                    count += 1
                    guard count <= Self.mostFields, let (name, value) = field.decoded else { throw Self.unreadable }
                    values[name] = value
                    field = FormField()
                }
                if rest.isEmpty { return }
                continue
            }
            guard field.append(byte, followedBy: &rest) else { throw Self.unreadable }
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

/// One field while it is read, byte by byte.
private struct FormField {
    private var name: [UInt8] = []
    private var value: [UInt8]?
    private(set) var isEmpty = true

    /// - Returns: False when an escape is broken.
    mutating func append(_ byte: UInt8, followedBy rest: inout ArraySlice<UInt8>) -> Bool {
        isEmpty = false
        switch byte {
        case UInt8(ascii: "=") where value == nil: value = []
        case UInt8(ascii: "+"): add(UInt8(ascii: " "))
        case UInt8(ascii: "%"):
            guard let high = Self.digit(rest.popFirst()), let low = Self.digit(rest.popFirst()) else { return false }
            add(high << 4 | low)
        default: add(byte)
        }
        return true
    }

    /// nil when it is not UTF-8.
    var decoded: (name: String, value: String)? {
        guard let name = String(validating: name, as: UTF8.self) else { return nil }
        guard let value = String(validating: value ?? [], as: UTF8.self) else { return nil }
        return (name, value)
    }

    private mutating func add(_ byte: UInt8) {
        if value == nil { name.append(byte) } else { value?.append(byte) }
    }

    private static func digit(_ byte: UInt8?) -> UInt8? {
        switch byte {
        case let digit? where (48...57).contains(digit): digit - 48
        case let letter? where (97...102).contains(letter | 0x20): (letter | 0x20) - 87
        default: nil
        }
    }
}
