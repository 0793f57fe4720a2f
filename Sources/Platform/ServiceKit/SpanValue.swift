import Tracing

/// The value of a span's attribute. Names, codes and numbers: never what identifies a person.
package enum SpanValue: Hashable, Sendable {
    case text(String)
    case number(Int)

    var attribute: SpanAttribute {
        switch self {
        case .text(let text): .string(text)
        case .number(let number): .int(Int64(number))
        }
    }
}

extension SpanValue: ExpressibleByStringInterpolation {
    package init(stringLiteral text: String) { self = .text(text) }
}

extension SpanValue: ExpressibleByIntegerLiteral {
    package init(integerLiteral number: Int) { self = .number(number) }
}
