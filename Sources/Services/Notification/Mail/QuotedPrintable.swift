/// RFC 2045, section 6.7.
enum QuotedPrintable {
    /// Lines of at most 76 characters, ended by CRLF between them and not after the last.
    static func encode(_ text: String) -> String {
        var output: [UInt8] = []
        // By bytes: to Swift CR LF is one character, which is no line end to split at.
        let lines = text.utf8.split(separator: 10, omittingEmptySubsequences: false)
        for (number, line) in lines.enumerated() {
            if number > 0 { output += [13, 10] }
            append(line.last == 13 ? line.dropLast() : line, to: &output)
        }
        return String(decoding: output, as: UTF8.self)
    }

    private static func append(_ line: Substring.UTF8View, to output: inout [UInt8]) {
        var column = 0
        var rest = line
        while let byte = rest.popFirst() {
            let isLast = rest.isEmpty
            // A blank at the end of a line could get lost on the way.
            let literal = (33...126).contains(byte) && byte != 61 || (byte == 32 || byte == 9) && !isLast
            let width = literal ? 1 : 3
            // Not the last one: leave room for the soft line break's equals sign.
            if column + width > (isLast ? 76 : 75) {
                output += [61, 13, 10]
                column = 0
            }
            output += literal ? [byte] : [61, hex[Int(byte >> 4)], hex[Int(byte & 15)]]
            column += width
        }
    }

    private static let hex = Array("0123456789ABCDEF".utf8)
}
