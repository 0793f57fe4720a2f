/// The few character references that matter when we look at what HTML means.
enum HTMLEntities {
    private static let named: [String: String] = [
        "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": " ", "colon": ":", "tab": "\t",
        "newline": "\n", "sol": "/",
    ]
    /// Longer names are not decoded.
    private static let longest = 12

    /// Replaces numeric and the commonest named references by their characters; others stay.
    static func decoded(_ text: String) -> [UInt8] {
        var decoded: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "&") else {
                decoded.append(byte)
                continue
            }
            let name = rest.prefix(longest).prefix { isNamePart($0) }
            guard let character = character(named: String(decoding: name, as: UTF8.self)) else {
                decoded.append(byte)
                continue
            }
            decoded += character.utf8
            rest = rest[name.endIndex...]
            if rest.first == UInt8(ascii: ";") { rest.removeFirst() }
        }
        return decoded
    }

    private static func isNamePart(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "#") || (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
    }

    private static func character(named name: String) -> String? {
        guard name.hasPrefix("#") else { return named[name.lowercased()] }
        let digits = name.dropFirst()
        let code = digits.first == "x" || digits.first == "X" ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
        return code.flatMap(Unicode.Scalar.init).map { String($0) }
    }
}
