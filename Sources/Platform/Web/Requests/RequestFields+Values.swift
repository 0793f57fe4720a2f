import Commerce
package import ServiceKit

extension RequestFields {
    /// A text of at most `max` Unicode scalars, not blank when it is required; an empty one when the field is wrong.
    package mutating func string(_ name: String, max: Int = 500, required: Bool = true) -> String {
        guard let text = text(name, max: max, required: required) else { return "" }
        if required, text.isBlank { fail(name, code: FieldCode.required, "must not be empty") }
        return text
    }

    /// A text of at most `max` Unicode scalars; nil when it is absent, null or wrong.
    package mutating func optionalString(_ name: String, max: Int = 500) -> String? {
        text(name, max: max, required: false)
    }

    /// A whole number; the range's lower bound when the field is wrong.
    package mutating func int(_ name: String, in range: ClosedRange<Int>) -> Int {
        number(name, in: range, required: true) ?? range.lowerBound
    }

    /// A whole number; nil when it is absent, null or wrong.
    package mutating func optionalInt(_ name: String, in range: ClosedRange<Int>) -> Int? {
        number(name, in: range, required: false)
    }

    /// A truth value; false when the field is wrong.
    package mutating func bool(_ name: String) -> Bool {
        truth(name, required: true) ?? false
    }

    /// A truth value; nil when it is absent, null or wrong.
    package mutating func optionalBool(_ name: String) -> Bool? {
        truth(name, required: false)
    }

    /// Any value as it came; nil when it is absent. The caller checks it.
    package mutating func raw(_ name: String) -> JSONValue? { take(name) }

    /// An array of texts; empty when it is absent, null or wrong.
    package mutating func strings(
        _ name: String, max: Int = 500, maxCount: Int = 100, required: Bool = false
    ) -> [String] {
        elements(name, maxCount: maxCount, required: required).enumerated().compactMap { index, element in
            checked(element, "\(name)[\(index)]", max: max)
        }
    }

    /// A reader of a nested object; nil when it is absent, null or wrong.
    package mutating func object(_ name: String, required: Bool = false) -> RequestFields? {
        guard let value = present(name, required: required) else { return nil }
        return reader(of: value, name)
    }

    /// Readers of an array of objects; empty when it is absent, null or wrong.
    package mutating func objects(_ name: String, maxCount: Int = 100, required: Bool = false) -> [RequestFields] {
        elements(name, maxCount: maxCount, required: required).enumerated().compactMap { index, element in
            reader(of: element, "\(name)[\(index)]")
        }
    }

    private func text(_ name: String, max: Int, required: Bool) -> String? {
        guard let value = present(name, required: required) else { return nil }
        return checked(value, name, max: max)
    }

    private func checked(_ value: JSONValue, _ name: String, max: Int) -> String? {
        guard case .string(let text) = value else { return wrongType(name, "a string") }
        // A scalar has four bytes at most: what is far too long is not counted to its end.
        guard text.utf8.count <= max * 4, text.unicodeScalars.count <= max else {
            fail(name, code: FieldCode.tooLong, "must have at most \(max) characters")
            return nil
        }
        guard
            !text.unicodeScalars.contains(where: {
                $0.properties.generalCategory == .control && $0 != "\n" && $0 != "\t"
            })
        else {
            fail(name, code: FieldCode.invalidCharacters, "must not contain control characters")
            return nil
        }
        return text
    }

    private func number(_ name: String, in range: ClosedRange<Int>, required: Bool) -> Int? {
        let number: Int?
        switch present(name, required: required) {
        case nil: return nil
        case .int(let value)?: number = Int(exactly: value)
        // 3.0 is a whole number in JSON, and so is one beyond 64 bits.
        case .double(let value)? where value.rounded() == value: number = Int(exactly: value)
        default: return wrongType(name, "a whole number")
        }
        guard let number, range.contains(number) else {
            fail(name, code: FieldCode.outOfRange, "must be from \(range.lowerBound) to \(range.upperBound)")
            return nil
        }
        return number
    }

    private func truth(_ name: String, required: Bool) -> Bool? {
        guard let value = present(name, required: required) else { return nil }
        guard case .bool(let flag) = value else { return wrongType(name, "true or false") }
        return flag
    }

    private func elements(_ name: String, maxCount: Int, required: Bool) -> [JSONValue] {
        guard let value = present(name, required: required) else { return [] }
        guard case .array(let elements) = value else { return wrongType(name, "an array") ?? [] }
        guard elements.count <= maxCount else {
            fail(name, code: FieldCode.tooLong, "must have at most \(maxCount) elements")
            return []
        }
        return elements
    }

    private func reader(of value: JSONValue, _ name: String) -> RequestFields? {
        guard case .object(let members) = value else { return wrongType(name, "an object") }
        return RequestFields(members: members, at: FieldFaults.path(path, name), in: self)
    }

    /// Reports the mistake, in place of the value.
    func wrongType<Value>(_ name: String, _ expected: String) -> Value? {
        fail(name, code: FieldCode.wrongType, "must be \(expected)")
        return nil
    }
}
