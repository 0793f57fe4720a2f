/// Text from outside, made fit for one line of a header or a mail.
enum OneLine {
    /// Control characters and line ends become blanks; runs of blanks become one.
    static func text(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.map { isBreak($0) ? " " : $0 }))
            .split(separator: " ").joined(separator: " ")
    }

    /// Nil when nothing is left.
    static func optional(_ text: String) -> String? {
        let line = self.text(text)
        return line.isEmpty ? nil : line
    }

    private static func isBreak(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator, .surrogate: true
        default: false
        }
    }
}
