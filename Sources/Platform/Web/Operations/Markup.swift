import HTML

/// HTML in the making: literals are taken as they are, and every text that is put into one is escaped.
///
/// The operations page has no template, because it is needed most when something is missing, such as a folder of
/// resources.
struct Markup: ExpressibleByStringInterpolation, Sendable {
    private(set) var text: String

    init(stringLiteral text: String) { self.text = text }

    init(stringInterpolation: Interpolation) { text = stringInterpolation.text }

    /// A text whose names may be broken at the end of a line: `captured_<wbr>without_<wbr>order`.
    init(breakable text: String) {
        let escaped = HTMLText.escaped(text)
        self.text = ["_", "/", "."].reduce(escaped) { text, mark in
            text.contains(mark) ? text.replacing(mark, with: mark + "<wbr>") : text
        }
    }

    init(_ parts: [Markup]) { text = parts.map(\.text).joined(separator: "\n") }

    struct Interpolation: StringInterpolationProtocol {
        fileprivate var text = ""

        init(literalCapacity: Int, interpolationCount: Int) { text.reserveCapacity(literalCapacity) }

        mutating func appendLiteral(_ literal: String) { text += literal }
        mutating func appendInterpolation(_ value: String) { text += HTMLText.escaped(value) }
        mutating func appendInterpolation(_ markup: Markup) { text += markup.text }
        mutating func appendInterpolation(_ parts: [Markup]) { text += Markup(parts).text }
    }
}
