/// Words that have a standard term: what is searched for, and what to write instead.
struct WordRules {
    struct Word: Sendable {
        let word: String
        let instead: String
        /// Paths of files and folders that may say it, because it is stored or on the wire under that name.
        let allowed: [String]
        /// The word and the space after it, as ``SpacedText`` has them.
        let needle: [UInt8]
    }

    let words: [Word]
    /// Positions in `words`, by the first byte of the word.
    private let byFirst: [UInt8: [Int]]

    /// Reads lines of `word = what to write instead`, each perhaps with `| path path` at its end: where the word may
    /// stand. Lines that begin with `#` are comments.
    init(_ list: String) {
        words = list.split(separator: "\n").compactMap { line in
            guard !line.hasPrefix("#"), let equals = line.firstIndex(of: "=") else { return nil }
            let parts = line[line.index(after: equals)...].split(separator: "|", maxSplits: 1)
            let word = Self.joined(line[..<equals]).lowercased()
            return Word(
                word: word, instead: Self.joined(parts.first ?? ""),
                allowed: parts.count == 2 ? parts[1].split(separator: " ").map(String.init) : [],
                needle: Array("\(word) ".utf8))
        }
        byFirst = Dictionary(grouping: words.indices) { [words] in words[$0].needle[0] }
    }

    /// One line for each place where a word of the list stands by itself, also as a part of a name (`pageDoor`) and
    /// across the end of a line. Names that are stored or sent, such as `page_door` and `page-door`, are left alone.
    func found(in text: String, of path: String) -> [String] {
        let spaced = SpacedText(text)
        return spaced.wordStarts.flatMap { start -> [String] in
            (byFirst[spaced.bytes[start]] ?? []).compactMap { number in
                let word = words[number]
                guard spaced.bytes[start...].starts(with: word.needle), !word.allowed.contains(where: path.hasPrefix)
                else { return nil }
                return "\(path):\(spaced.line(of: start)): “\(word.word)”, better: \(word.instead)"
            }
        }
    }

    private static func joined(_ text: Substring) -> String { text.split(separator: " ").joined(separator: " ") }
}

/// The words of a text in lower case with one space around each: `StaffRecord.at` becomes ` staff record at `. Words that
/// are joined by `_` or `-` stay one.
private struct SpacedText {
    private(set) var bytes: [UInt8] = [UInt8(ascii: " ")]
    /// Where each word begins in `bytes`.
    private(set) var wordStarts: [Int] = []
    /// Where each line begins in `bytes`.
    private var lineStarts = [0]

    init(_ text: String) {
        let source = Array(text.utf8)
        bytes.reserveCapacity(source.count + source.count / 8)
        var wasLower = false
        for (position, byte) in source.enumerated() {
            let isUpper = byte >= 0x41 && byte <= 0x5A
            let isLower = byte >= 0x61 && byte <= 0x7A || byte >= 0x80
            if isUpper || isLower {
                if isUpper, wasLower { bytes.append(UInt8(ascii: " ")) }
                if bytes[bytes.count - 1] == UInt8(ascii: " ") { wordStarts.append(bytes.count) }
                bytes.append(isUpper ? byte + 32 : byte)
            } else if byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-"), Self.joins(source, at: position) {
                bytes.append(UInt8(ascii: "-"))
            } else {
                if bytes[bytes.count - 1] != UInt8(ascii: " ") { bytes.append(UInt8(ascii: " ")) }
                if byte == UInt8(ascii: "\n") { lineStarts.append(bytes.count) }
            }
            wasLower = isLower
        }
        bytes.append(UInt8(ascii: " "))
    }

    /// The number of the line in which the word at `start` stands.
    func line(of start: Int) -> Int { lineStarts.count { $0 <= start } }

    private static func joins(_ source: [UInt8], at position: Int) -> Bool {
        position > 0 && position + 1 < source.count && isLetter(source[position - 1]) && isLetter(source[position + 1])
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        byte >= 0x80 || byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A
    }
}
