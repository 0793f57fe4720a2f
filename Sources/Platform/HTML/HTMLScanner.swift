/// Splits HTML into text, entities and tags; never fails on any input, and looks at each byte a few times at most.
struct HTMLScanner {
    enum Token: Equatable {
        case text(ArraySlice<UInt8>)
        /// Well-formed, with `&` and `;`.
        case entity(String)
        case comment
        /// Lower-case name, and the value of `href` when there is one.
        case open(String, href: String?)
        case close(String)
    }

    private let input: [UInt8]
    private var position = 0
    /// After a tag that never ends nothing more is a tag; this keeps the scan linear.
    private var tagsEnded = false

    init(_ html: String) { input = Array(html.utf8) }

    mutating func next() -> Token? {
        guard position < input.count else { return nil }
        let byte = input[position]
        if byte == UInt8(ascii: "<"), !tagsEnded, let token = tag() { return token }
        if byte == UInt8(ascii: "&"), let entity = entity() { return .entity(entity) }
        let start = position
        repeat { position += 1 } while position < input.count && !Self.begins(input[position])
        return .text(input[start..<position])
    }

    /// Whether something other than text may begin with the byte.
    private static func begins(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "<") || byte == UInt8(ascii: "&") }

    /// Leaves out everything up to and including the closing tag of this name, or all the rest.
    mutating func skip(pastEndOf name: String) {
        let mark = Array("</\(name)".utf8)
        while position < input.count {
            if input[position] == UInt8(ascii: "<"),
                input[position...].prefix(mark.count).elementsEqual(mark, by: { Self.lower($0) == $1 })
            {
                while position < input.count, input[position] != UInt8(ascii: ">") { position += 1 }
                position = min(position + 1, input.count)
                return
            }
            position += 1
        }
    }

    private func byte(at index: Int) -> UInt8? { index < input.count ? input[index] : nil }
    private static func lower(_ byte: UInt8) -> UInt8 { (65...90).contains(byte) ? byte + 32 : byte }
    private static func isLetter(_ byte: UInt8?) -> Bool { byte.map { (97...122).contains(lower($0)) } ?? false }
    private static func isDigit(_ byte: UInt8?) -> Bool { byte.map { (48...57).contains($0) } ?? false }
    private static func isSpace(_ byte: UInt8) -> Bool { byte == 32 || (9...13).contains(byte) }

    private mutating func tag() -> Token? {
        if input[position...].starts(with: "<!--".utf8) {
            var index = position + 4
            while index < input.count,
                input[index] != UInt8(ascii: "-") || !input[index...].starts(with: "-->".utf8)
            { index += 1 }
            position = min(index + 3, input.count)
            return .comment
        }
        let closes = byte(at: position + 1) == UInt8(ascii: "/")
        let declares = byte(at: position + 1) == UInt8(ascii: "!") || byte(at: position + 1) == UInt8(ascii: "?")
        var index = position + (closes ? 2 : 1)
        guard declares || Self.isLetter(byte(at: index)) else { return nil }
        let nameStart = index
        while let next = byte(at: index), !Self.isSpace(next), next != UInt8(ascii: "/"), next != UInt8(ascii: ">") {
            index += 1
        }
        let name = String(decoding: input[nameStart..<index].map(Self.lower), as: UTF8.self)
        guard let (attributes, end) = attributes(from: index) else {
            tagsEnded = true
            return nil
        }
        position = end
        if declares { return .comment }
        return closes ? .close(name) : .open(name, href: attributes)
    }

    /// The value of `href`, and the position after the `>`; nil when the tag never ends.
    private func attributes(from start: Int) -> (href: String?, end: Int)? {
        var index = start
        var href: String?
        while let next = byte(at: index) {
            if next == UInt8(ascii: ">") { return (href, index + 1) }
            if Self.isSpace(next) || next == UInt8(ascii: "/") || next == UInt8(ascii: "=") {
                index += 1
                continue
            }
            let nameStart = index
            while let next = byte(at: index), !Self.isSpace(next), !"/>=".utf8.contains(next) { index += 1 }
            let name = input[nameStart..<index].map(Self.lower)
            while let next = byte(at: index), Self.isSpace(next) { index += 1 }
            guard byte(at: index) == UInt8(ascii: "=") else { continue }
            index += 1
            while let next = byte(at: index), Self.isSpace(next) { index += 1 }
            guard let first = byte(at: index) else { return nil }
            let value: ArraySlice<UInt8>
            if first == UInt8(ascii: "\"") || first == UInt8(ascii: "'") {
                guard let end = input[(index + 1)...].firstIndex(of: first) else { return nil }
                value = input[(index + 1)..<end]
                index = end + 1
            } else {
                let valueStart = index
                while let next = byte(at: index), !Self.isSpace(next), next != UInt8(ascii: ">") { index += 1 }
                value = input[valueStart..<index]
            }
            if href == nil, name.elementsEqual("href".utf8) { href = String(decoding: value, as: UTF8.self) }
        }
        return nil
    }

    private mutating func entity() -> String? {
        var index = position + 1
        if byte(at: index) == UInt8(ascii: "#") {
            index += 1
            if byte(at: index).map(Self.lower) == UInt8(ascii: "x") { index += 1 }
        }
        let start = index
        while index - start < 32, Self.isLetter(byte(at: index)) || Self.isDigit(byte(at: index)) { index += 1 }
        guard index > start, byte(at: index) == UInt8(ascii: ";") else { return nil }
        defer { position = index + 1 }
        return String(decoding: input[position...index], as: UTF8.self)
    }
}
