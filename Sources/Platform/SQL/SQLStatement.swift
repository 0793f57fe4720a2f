/// SQL text with numbered parameters and the values bound to them, made by interpolation:
///
///     let rows = try tx.query("SELECT id FROM orders WHERE customer_id = \(customer.rawValue) LIMIT \(20)")
///
/// Every interpolated value becomes `$1`, `$2`, …; text goes in verbatim only through `\(unsafeSQL:)`.
package struct SQLStatement: Sendable, ExpressibleByStringInterpolation {
    package private(set) var text: String
    package private(set) var binds: [SQLValue]
    /// Whether the text is the same whatever the values are. Only then is the prepared statement kept: lists and fragments
    /// make an unbounded number of texts.
    package private(set) var isFixed: Bool

    package init(stringLiteral value: String) {
        text = value
        binds = []
        isFixed = true
    }

    package init(stringInterpolation: StringInterpolation) {
        text = stringInterpolation.text
        binds = stringInterpolation.binds
        isFixed = stringInterpolation.isFixed
    }

    package struct StringInterpolation: StringInterpolationProtocol {
        var text = ""
        var binds: [SQLValue] = []
        var isFixed = true

        package init(literalCapacity: Int, interpolationCount: Int) {
            text.reserveCapacity(literalCapacity + interpolationCount * 3)
        }

        package mutating func appendLiteral(_ literal: String) { text += literal }

        package mutating func appendInterpolation(_ value: some SQLBindable) {
            binds.append(value.sqlValue)
            text += "$\(binds.count)"
        }

        package mutating func appendInterpolation(_ value: (some SQLBindable)?) {
            binds.append(value?.sqlValue ?? .null)
            text += "$\(binds.count)"
        }

        /// A parenthesised list of parameters, for `IN`: `(NULL)` when empty, which matches nothing.
        package mutating func appendInterpolation(in values: [some SQLBindable]) {
            isFixed = false
            guard !values.isEmpty else {
                text += "(NULL)"
                return
            }
            let marks = values.map { value in
                binds.append(value.sqlValue)
                return "$\(binds.count)"
            }
            text += "(" + marks.joined(separator: ", ") + ")"
        }

        /// Another statement's text with its binds renumbered.
        package mutating func appendInterpolation(_ fragment: SQLStatement) {
            isFixed = false
            var rest = Substring(fragment.text)
            for index in fragment.binds.indices {
                let mark = "$\(index + 1)"
                guard let range = rest.firstRange(of: mark) else { continue }
                binds.append(fragment.binds[index])
                text += rest[..<range.lowerBound] + "$\(binds.count)"
                rest = rest[range.upperBound...]
            }
            text += rest
        }

        /// Text of the program itself; never anything from outside.
        package mutating func appendInterpolation(unsafeSQL text: String) { self.text += text }
    }
}
