/// Keeps what a product description needs and nothing that runs, loads or breaks the page around it: an allow-list of
/// tags, links with safe schemes, everything balanced. Sanitising twice gives the same as once. The time it takes grows
/// with the length of its input and no faster.
///
/// The catalogue stores descriptions sanitised; pages show them as they are stored.
package struct HTMLSanitizer {
    private static let inline: Set<String> = ["strong", "em", "b", "i", "u", "s", "small", "sub", "sup", "a"]
    private static let blocks: Set<String> = [
        "p", "ul", "ol", "dl", "h2", "h3", "h4", "h5", "h6", "blockquote", "table", "hr",
    ]
    private static let parts: Set<String> = ["li", "dt", "dd", "thead", "tbody", "tr", "th", "td"]
    private static let void: Set<String> = ["br", "hr"]
    private static let allowed = inline.union(blocks).union(parts).union(void)
    /// Blocks that are kept by another name: without a break where `<div>` and its like stood, words run together.
    private static let synonyms: [String: String] = [
        "h1": "h2", "div": "p", "section": "p", "article": "p", "header": "p", "footer": "p", "main": "p", "aside": "p",
        "nav": "p", "address": "p", "center": "p", "figure": "p", "figcaption": "p", "fieldset": "p", "form": "p",
        "details": "p", "summary": "p", "hgroup": "p", "pre": "p", "caption": "p", "legend": "p",
    ]
    /// Their contents are code or belong to another document.
    private static let dropped: Set<String> = [
        "script", "style", "iframe", "noscript", "template", "object", "svg", "math", "title", "textarea", "head",
        "select", "xmp", "noembed", "noframes",
    ]

    /// How deep tags nest; what would open deeper is left out, its text stays. Each tag looks at all that are open.
    private static let depth = 32

    private var scanner: HTMLScanner
    private var output: [UInt8] = []
    private var open: [String] = []

    package static func sanitized(_ html: String) -> String {
        var sanitizer = HTMLSanitizer(scanner: HTMLScanner(html))
        sanitizer.run()
        let output = sanitizer.output
        guard let first = output.firstIndex(where: { $0 > 32 }), let last = output.lastIndex(where: { $0 > 32 }) else {
            return ""
        }
        return String(decoding: output[first...last], as: UTF8.self)
    }

    /// The words of a description, for the search index.
    package static func plainText(_ html: String) -> String {
        var scanner = HTMLScanner(html)
        var text: [UInt8] = []
        while let token = scanner.next() {
            switch token {
            case .text(let run): text += run
            case .entity(let entity): text += HTMLEntities.decoded(entity)
            default: text.append(UInt8(ascii: " "))
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    private init(scanner: HTMLScanner) { self.scanner = scanner }

    private mutating func run() {
        while let token = scanner.next() {
            switch token {
            case .text(let run): for byte in run { write(byte) }
            case .entity(let entity): write(entity)
            case .comment: break
            case .open(let name, let href): begin(Self.synonyms[name] ?? name, href: href)
            case .close(let name):
                let name = Self.synonyms[name] ?? name
                if open.contains(name) { close(through: name) }
            }
        }
        while let name = open.popLast() { end(name) }
    }

    private mutating func begin(_ name: String, href: String?) {
        if Self.dropped.contains(name) { return scanner.skip(pastEndOf: name) }
        guard Self.allowed.contains(name) else { return }
        if Self.blocks.contains(name), open.contains("p") { close(through: "p") }
        if Self.void.contains(name) { return write("<\(name)>") }
        if name == "li", let item = open.lastIndex(of: "li"),
            !open[item...].contains(where: { $0 == "ul" || $0 == "ol" })
        {
            close(through: "li")
        }
        guard open.count < Self.depth else { return }
        if name == "a" {
            guard !open.contains("a"), let href, let target = Self.safeTarget(href) else { return }
            write("<a href=\"\(HTMLText.escaped(target))\">")
        } else {
            write("<\(name)>")
        }
        open.append(name)
    }

    private mutating func close(through name: String) {
        while let last = open.popLast() {
            end(last)
            if last == name { return }
        }
    }

    /// Removes the empty paragraphs that blocks around blocks leave.
    private mutating func end(_ name: String) {
        if name == "p" {
            let end = output.lastIndex { $0 > 32 }.map { output.index(after: $0) } ?? 0
            if output[..<end].suffix(3).elementsEqual("<p>".utf8) { return output.removeSubrange((end - 3)...) }
        }
        write("</\(name)>")
    }

    /// The link when its scheme, as a browser would read it, is http, https or mailto.
    private static func safeTarget(_ href: String) -> String? {
        let target = HTMLEntities.decoded(href).filter { $0 > 32 && $0 != 127 }
        let scheme = target.prefix(8).map { (65...90).contains($0) ? $0 + 32 : $0 }
        guard ["https://", "http://", "mailto:"].contains(where: { scheme.starts(with: $0.utf8) }) else { return nil }
        return String(decoding: target, as: UTF8.self)
    }

    private mutating func write(_ text: String) { output += text.utf8 }

    private mutating func write(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "<"): write("&lt;")
        case UInt8(ascii: ">"): write("&gt;")
        case UInt8(ascii: "&"): write("&amp;")
        case 9, 10, 13, 32..<127, 128...: output.append(byte)
        default: break
        }
    }
}
