/// The few entities that matter when we look at what HTML means, and the escaping of our own output.
enum HTMLEntities {
    private static let named: [String: String] = [
        "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": " ", "colon": ":", "tab": "\t",
        "newline": "\n", "sol": "/",
    ]

    /// Replaces numeric and the commonest named entities by their characters; others stay.
    static func decoded(_ text: some StringProtocol) -> String {
        var result = ""
        var rest = Substring(text)
        while let start = rest.firstIndex(of: "&") {
            result += rest[..<start]
            rest = rest[start...]
            let name = rest.dropFirst().prefix(12).prefix { $0 != ";" && ($0.isLetter || $0.isNumber || $0 == "#") }
            if let character = character(named: name) {
                result += character
                rest = rest[name.endIndex...]
                if rest.first == ";" { rest.removeFirst() }
            } else {
                result += "&"
                rest.removeFirst()
            }
        }
        return result + rest
    }

    private static func character(named name: Substring) -> String? {
        guard name.first == "#" else { return named[name.lowercased()] }
        let digits = name.dropFirst()
        let code = digits.first == "x" || digits.first == "X" ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
        return code.flatMap(Unicode.Scalar.init).map { String(Character($0)) }
    }

    static func escaped(attribute text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("\"", with: "&quot;").replacing("<", with: "&lt;")
            .replacing(">", with: "&gt;")
    }
}
