/// Keeps the plain formatting of a product's description and drops everything else, attributes included.
///
/// The catalogue cleans descriptions as well; this is what guards the page whatever is in the catalogue.
enum DescriptionHTML {
    private static let kept: Set<String> = [
        "p", "br", "ul", "ol", "li", "strong", "em", "b", "i", "u", "s", "small", "sub", "sup", "h3", "h4", "h5",
        "blockquote", "table", "thead", "tbody", "tr", "th", "td", "hr", "dl", "dt", "dd",
    ]
    private static let void: Set<String> = ["br", "hr"]
    /// Their content goes with them.
    private static let dropped: Set<String> = [
        "script", "style", "iframe", "object", "svg", "math", "template", "noscript", "textarea", "title", "select",
    ]

    static func cleaned(_ html: String) -> String {
        var out = ""
        var open: [String] = []
        var skipping: String?
        var rest = html[...]
        while let start = rest.firstIndex(of: "<") {
            if skipping == nil { out += escaped(rest[..<start]) }
            rest = rest[rest.index(after: start)...]
            if rest.hasPrefix("!--") {
                rest = rest.firstRange(of: "-->").map { rest[$0.upperBound...] } ?? ""
                continue
            }
            let isEnd = rest.first == "/"
            let body = isEnd ? rest.dropFirst() : rest
            let name = body.prefix { $0.isASCII && ($0.isLetter || $0.isNumber) }.lowercased()
            guard !name.isEmpty else {
                if skipping == nil { out += "&lt;" }
                continue
            }
            rest = rest.firstIndex(of: ">").map { rest[rest.index(after: $0)...] } ?? ""
            if let waiting = skipping {
                if isEnd, waiting == name { skipping = nil }
            } else if dropped.contains(name) {
                if !isEnd { skipping = name }
            } else if kept.contains(name) {
                out += tag(name, isEnd: isEnd, open: &open)
            }
        }
        if skipping == nil { out += escaped(rest) }
        return out + open.reversed().map { "</\($0)>" }.joined()
    }

    private static func tag(_ name: String, isEnd: Bool, open: inout [String]) -> String {
        if void.contains(name) { return isEnd ? "" : "<\(name)>" }
        guard isEnd else {
            open.append(name)
            return "<\(name)>"
        }
        guard let index = open.lastIndex(of: name) else { return "" }
        let closed = open[index...].reversed().map { "</\($0)>" }.joined()
        open.removeSubrange(index...)
        return closed
    }

    /// Character references that the author wrote stay as they are.
    private static func escaped(_ text: Substring) -> String {
        String(text).replacing(">", with: "&gt;").replacing("\"", with: "&quot;").replacing("'", with: "&#39;")
    }
}
