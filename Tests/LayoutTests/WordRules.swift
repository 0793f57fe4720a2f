/// Words that have a standard term: what is searched for, and what to write instead.
struct WordRules {
    struct Word: Sendable {
        let word: String
        let instead: String
    }

    let words: [Word]

    /// Reads lines of `word = what to write instead`; those that begin with `#` are comments.
    init(_ list: String) {
        words = list.split(separator: "\n").compactMap { line in
            let parts = line.split(separator: "=", maxSplits: 1).map { $0.split(separator: " ").joined(separator: " ") }
            guard parts.count == 2, !line.hasPrefix("#") else { return nil }
            return Word(word: parts[0].lowercased(), instead: parts[1])
        }
    }

    /// One line for each place where a word of the list stands by itself, also as a part of a name: `pageDoor`.
    func found(in text: String, of path: String) -> [String] {
        let spaced = Self.spaced(text)
        // Most files have none: looked for in the whole text before it is looked for line by line.
        let suspects = words.filter { spaced.contains(" \($0.word) ") }
        guard !suspects.isEmpty else { return [] }
        return text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().flatMap { number, line in
            let line = Self.spaced(String(line))
            return suspects.filter { line.contains(" \($0.word) ") }
                .map { "\(path):\(number + 1): “\($0.word)”, better: \($0.instead)" }
        }
    }

    /// The words of a text in lower case with one space around each: `StaffRecord.at` becomes ` staff record at `.
    static func spaced(_ text: String) -> String {
        var bytes: [UInt8] = [UInt8(ascii: " ")]
        var wasLower = false
        for byte in text.utf8 {
            let isUpper = byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z")
            let isLower = byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z") || byte >= 0x80
            if isUpper {
                if wasLower { bytes.append(UInt8(ascii: " ")) }
                bytes.append(byte + 32)
            } else if isLower {
                bytes.append(byte)
            } else if bytes.last != UInt8(ascii: " ") {
                bytes.append(UInt8(ascii: " "))
            }
            wasLower = isLower
        }
        bytes.append(UInt8(ascii: " "))
        return String(decoding: bytes, as: UTF8.self)
    }
}
