/// Blocks that descriptions are written in and the sanitiser does not keep, by the names of ones it does: without a
/// break where `<div>` and its like stood, words run together.
package enum HTMLBlocks {
    private static let kept: [String: String] = [
        "h1": "h2", "div": "p", "section": "p", "article": "p", "header": "p", "footer": "p", "main": "p", "aside": "p",
        "nav": "p", "address": "p", "center": "p", "figure": "p", "figcaption": "p", "fieldset": "p", "form": "p",
        "details": "p", "summary": "p", "hgroup": "p", "pre": "p", "caption": "p", "legend": "p",
    ]
    private static let longest = 10

    /// What ``HTMLSanitizer`` makes of it, with those blocks as paragraphs and headings. Twice is the same as once.
    package static func sanitized(_ html: String) -> String {
        withoutEmptyParagraphs(HTMLSanitizer.sanitized(renamed(html)))
    }

    /// The same HTML with each of those tags renamed, in one pass; everything else stays byte by byte. The sanitiser
    /// knows what is a tag: what only looks like one is renamed too.
    private static func renamed(_ html: String) -> String {
        var output: [UInt8] = []
        output.reserveCapacity(html.utf8.count)
        var rest = Array(html.utf8)[...]
        while let byte = rest.popFirst() {
            output.append(byte)
            guard byte == UInt8(ascii: "<") else { continue }
            if rest.first == UInt8(ascii: "/") { output.append(rest.removeFirst()) }
            let name = rest.prefix(longest + 1).prefix { isNamePart($0) }
            guard let replacement = kept[String(decoding: name, as: UTF8.self).lowercased()] else { continue }
            output += replacement.utf8
            rest = rest[name.endIndex...]
        }
        return String(decoding: output, as: UTF8.self)
    }

    /// Blocks around blocks leave them behind.
    private static func withoutEmptyParagraphs(_ html: String) -> String {
        var output: [UInt8] = []
        var rest = Array(html.utf8)[...]
        while let byte = rest.first {
            if byte == UInt8(ascii: "<"), rest.starts(with: "</p>".utf8) {
                let end = output.lastIndex { $0 > 32 }.map { output.index(after: $0) } ?? 0
                if output[..<end].suffix(3).elementsEqual("<p>".utf8) {
                    output.removeSubrange((end - 3)...)
                    rest = rest.dropFirst(4)
                    continue
                }
            }
            output.append(byte)
            rest = rest.dropFirst()
        }
        return String(decoding: output, as: UTF8.self)
    }

    private static func isNamePart(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
    }
}
