/// Keeps what a product description needs and nothing that runs, loads or breaks the page around it: an allow-list of
/// tags, links with safe schemes, everything balanced. Sanitising twice gives the same as once.
struct HTMLSanitizer {
    private static let allowed: Set<String> = [
        "p", "br", "ul", "ol", "li", "strong", "em", "b", "i", "a", "h2", "h3", "h4",
    ]
    private static let blocks: Set<String> = ["p", "ul", "ol", "h2", "h3", "h4"]
    /// Their contents are code or belong to another document.
    private static let dropped: Set<String> = [
        "script", "style", "iframe", "noscript", "template", "object", "svg", "math", "title", "textarea", "head",
        "select", "xmp", "noembed", "noframes",
    ]

    private var scanner: HTMLScanner
    private var output: [UInt8] = []
    private var open: [String] = []

    static func sanitized(_ html: String) -> String {
        var sanitizer = HTMLSanitizer(scanner: HTMLScanner(html))
        sanitizer.run()
        let text = String(decoding: sanitizer.output, as: UTF8.self)
        return text.trimmed
    }

    /// The words of a description, for the search index.
    static func plainText(_ html: String) -> String {
        var scanner = HTMLScanner(html)
        var text: [UInt8] = []
        while let token = scanner.next() {
            switch token {
            case .text(let byte): text.append(byte)
            case .entity(let entity): text += Array(HTMLEntities.decoded(entity).utf8)
            default: text.append(UInt8(ascii: " "))
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    private init(scanner: HTMLScanner) { self.scanner = scanner }

    private mutating func run() {
        while let token = scanner.next() {
            switch token {
            case .text(UInt8(ascii: "<")): write("&lt;")
            case .text(UInt8(ascii: ">")): write("&gt;")
            case .text(UInt8(ascii: "&")): write("&amp;")
            case .text(let byte):
                if byte >= 32 && byte != 127 || byte == 9 || byte == 10 || byte == 13 { output.append(byte) }
            case .entity(let entity): write(entity)
            case .comment: break
            case .open(let name, let href): begin(name, href: href)
            case .close(let name): if open.contains(name) { close(through: name) }
            }
        }
        while let name = open.popLast() { write("</\(name)>") }
    }

    private mutating func begin(_ name: String, href: String?) {
        if Self.dropped.contains(name) { return scanner.skip(pastEndOf: name) }
        guard Self.allowed.contains(name) else { return }
        if name == "br" { return write("<br>") }
        if Self.blocks.contains(name), open.contains("p") { close(through: "p") }
        if name == "li", let item = open.lastIndex(of: "li"),
            !open[item...].contains(where: { $0 == "ul" || $0 == "ol" })
        {
            close(through: "li")
        }
        if name == "a" {
            guard !open.contains("a"), let href, let target = Self.safeTarget(href) else { return }
            write("<a href=\"\(HTMLEntities.escaped(attribute: target))\">")
        } else {
            write("<\(name)>")
        }
        open.append(name)
    }

    private mutating func close(through name: String) {
        while let last = open.popLast() {
            write("</\(last)>")
            if last == name { return }
        }
    }

    /// The link when its scheme, as a browser would read it, is http, https or mailto.
    private static func safeTarget(_ href: String) -> String? {
        let target = String(
            String.UnicodeScalarView(
                HTMLEntities.decoded(href).unicodeScalars.filter { $0.value > 32 && $0.value != 127 }))
        let lower = target.lowercased()
        return ["https://", "http://", "mailto:"].contains(where: lower.hasPrefix) ? target : nil
    }

    private mutating func write(_ text: String) { output += Array(text.utf8) }
}

extension String {
    /// Without white space at both ends.
    var trimmed: String {
        guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return String(self[first...last])
    }
}
