/// Splits Swift source into identifiers, and leaves out comments and texts.
struct SwiftScanner {
    private let bytes: [UInt8]
    private var position = 0
    private var line = 1
    private var depth = 0
    private var previous = ""
    /// Whether the declaration being read begins with `private` or `fileprivate`.
    private var isPrivate = false
    private var declaring: (name: String, line: Int, isPrivate: Bool)?

    private(set) var imports: [String] = []
    private(set) var identifiers: Set<String> = []
    private(set) var types: [SourceFile.Declaration] = []
    private(set) var extended: Set<String> = []

    init(_ text: String) { bytes = Array(text.utf8) }

    private static let declarators: Set<String> = ["struct", "class", "enum", "actor", "protocol", "typealias"]

    mutating func scan() {
        while position < bytes.count {
            let byte = bytes[position]
            switch byte {
            case UInt8(ascii: "\n"):
                line += 1
                position += 1
            case UInt8(ascii: "/") where at(1) == UInt8(ascii: "/"): skipLine()
            case UInt8(ascii: "/") where at(1) == UInt8(ascii: "*"): skipComment()
            case UInt8(ascii: "#") where at(1) == UInt8(ascii: "\""): skipRawText()
            case UInt8(ascii: "\""): skipText()
            case UInt8(ascii: "{"):
                depth += 1
                position += 1
            case UInt8(ascii: "}"):
                depth -= 1
                position += 1
                if depth == 0, let declaring {
                    types.append(
                        .init(
                            name: declaring.name, lines: line - declaring.line + 1, isPrivate: declaring.isPrivate))
                    self.declaring = nil
                }
            case _ where Self.isWord(byte): readWord()
            default: position += 1
            }
        }
    }

    private func at(_ offset: Int) -> UInt8? {
        position + offset < bytes.count ? bytes[position + offset] : nil
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
            true
        default: false
        }
    }

    private mutating func readWord() {
        let start = position
        while position < bytes.count, Self.isWord(bytes[position]) { position += 1 }
        var word = String(decoding: bytes[start..<position], as: UTF8.self)
        defer { previous = word }
        if previous == "import" { return imports.append(word) }
        // `.import` is a case of somebody's enumeration.
        if word == "import", start > 0, bytes[start - 1] == UInt8(ascii: ".") { word = "" }
        identifiers.insert(word)
        guard depth == 0 else { return }
        if previous == "extension" { extended.insert(word) }
        if Self.declarators.contains(previous), word.first?.isUppercase == true {
            if previous == "typealias" {
                types.append(.init(name: word, lines: 1, isPrivate: isPrivate))
            } else {
                declaring = (word, line, isPrivate)
            }
        }
        switch word {
        case "private", "fileprivate": isPrivate = true
        case "final", "indirect": break
        default: isPrivate = isPrivate && Self.declarators.contains(word)
        }
    }

    private mutating func skipLine() {
        while position < bytes.count, bytes[position] != UInt8(ascii: "\n") { position += 1 }
    }

    private mutating func skipComment() {
        position += 2
        while position < bytes.count, !(bytes[position] == UInt8(ascii: "*") && at(1) == UInt8(ascii: "/")) {
            if bytes[position] == UInt8(ascii: "\n") { line += 1 }
            position += 1
        }
        position += 2
    }

    private mutating func skipText() {
        let isLong = at(1) == UInt8(ascii: "\"") && at(2) == UInt8(ascii: "\"")
        position += isLong ? 3 : 1
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "\\") where at(1) == UInt8(ascii: "("):
                position += 2
                skipInterpolation()
            case UInt8(ascii: "\\"): position += 2
            case UInt8(ascii: "\n"):
                line += 1
                position += 1
                if !isLong { return }
            case UInt8(ascii: "\""):
                guard isLong else {
                    position += 1
                    return
                }
                if at(1) == UInt8(ascii: "\""), at(2) == UInt8(ascii: "\"") {
                    position += 3
                    return
                }
                position += 1
            default: position += 1
            }
        }
    }

    /// `#"…"#` and `#"""…"""#`, which hold no interpolations here.
    private mutating func skipRawText() {
        position += 2
        while position < bytes.count, !(bytes[position] == UInt8(ascii: "\"") && at(1) == UInt8(ascii: "#")) {
            if bytes[position] == UInt8(ascii: "\n") { line += 1 }
            position += 1
        }
        position += 2
    }

    /// Reads the code within `\( … )`.
    private mutating func skipInterpolation() {
        var open = 1
        while position < bytes.count, open > 0 {
            switch bytes[position] {
            case UInt8(ascii: "("):
                open += 1
                position += 1
            case UInt8(ascii: ")"):
                open -= 1
                position += 1
            case UInt8(ascii: "\""): skipText()
            case UInt8(ascii: "\n"):
                line += 1
                position += 1
            case let byte where Self.isWord(byte): readWord()
            default: position += 1
            }
        }
    }
}
