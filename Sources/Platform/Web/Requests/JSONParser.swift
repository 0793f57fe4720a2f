import ServiceKit

/// A recursive-descent parser of JSON (RFC 8259) over bytes that outlive it and that ``JSONBounds`` have accepted.
struct JSONParser {
    let bytes: UnsafeRawBufferPointer
    private var position = 0

    init(bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    mutating func document() throws(ServiceError) -> JSONValue {
        let value = try value()
        skipSpace()
        guard position == bytes.count else { throw malformed("there is text after the JSON value") }
        return value
    }

    private mutating func value() throws(ServiceError) -> JSONValue {
        skipSpace()
        guard position < bytes.count else { throw malformed("the text ends too early") }
        switch bytes[position] {
        case UInt8(ascii: "{"): return try object()
        case UInt8(ascii: "["): return try array()
        case UInt8(ascii: "\""): return try .string(string())
        case UInt8(ascii: "t"): return try literal("true", .bool(true))
        case UInt8(ascii: "f"): return try literal("false", .bool(false))
        case UInt8(ascii: "n"): return try literal("null", .null)
        default: return try number()
        }
    }

    private mutating func object() throws(ServiceError) -> JSONValue {
        position += 1
        var members: [String: JSONValue] = [:]
        if take(UInt8(ascii: "}")) { return .object(members) }
        repeat {
            skipSpace()
            guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else {
                throw malformed("expected a member's name")
            }
            let name = try string()
            guard take(UInt8(ascii: ":")) else { throw malformed("expected ':'") }
            guard members.updateValue(try value(), forKey: name) == nil else {
                throw malformed("a member is named twice")
            }
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "}")) else { throw malformed("expected ',' or '}'") }
        return .object(members)
    }

    private mutating func array() throws(ServiceError) -> JSONValue {
        position += 1
        var elements: [JSONValue] = []
        if take(UInt8(ascii: "]")) { return .array(elements) }
        repeat { elements.append(try value()) } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "]")) else { throw malformed("expected ',' or ']'") }
        return .array(elements)
    }

    private mutating func string() throws(ServiceError) -> String {
        position += 1
        var text: [UInt8] = []
        var run = position
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "\""):
                text += bytes[run..<position]
                position += 1
                guard let string = String(validating: text, as: UTF8.self) else {
                    throw malformed("a string is not UTF-8")
                }
                return string
            case UInt8(ascii: "\\"):
                text += bytes[run..<position]
                position += 1
                try escape(into: &text)
                run = position
            case 0..<0x20: throw malformed("a control character is not escaped")
            default: position += 1
            }
        }
        throw malformed("the text ends too early")
    }

    private mutating func escape(into text: inout [UInt8]) throws(ServiceError) {
        guard position < bytes.count else { throw malformed("the text ends too early") }
        let byte = bytes[position]
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"):
            var code = try hexDigits()
            if (0xD800..<0xDC00).contains(code), literalFollows("\\u") {
                let low = try hexDigits()
                guard (0xDC00..<0xE000).contains(low) else { throw malformed("half of a surrogate pair") }
                code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
            }
            guard let scalar = Unicode.Scalar(code) else { throw malformed("half of a surrogate pair") }
            text.append(contentsOf: UTF8.encode(scalar).map(Array.init) ?? [])
        default: throw malformed("an unknown escape")
        }
    }

    private mutating func hexDigits() throws(ServiceError) -> UInt32 {
        guard position + 4 <= bytes.count else { throw malformed("the text ends too early") }
        var code: UInt32 = 0
        for _ in 0..<4 {
            guard let digit = hexadecimalValue(of: bytes[position]) else {
                throw malformed("expected four hex digits")
            }
            code = code << 4 | UInt32(digit)
            position += 1
        }
        return code
    }

    private mutating func number() throws(ServiceError) -> JSONValue {
        let start = position
        func isDigit(_ at: Int) -> Bool { at < bytes.count && (48...57).contains(bytes[at]) }
        if bytes[position] == UInt8(ascii: "-") { position += 1 }
        guard isDigit(position) else { throw malformed("expected a value") }
        let leadingZero = bytes[position] == UInt8(ascii: "0")
        position += 1
        if leadingZero, isDigit(position) { throw malformed("a number starts with 0") }
        while isDigit(position) { position += 1 }
        var isWhole = true
        if position < bytes.count, bytes[position] == UInt8(ascii: ".") {
            isWhole = false
            position += 1
            guard isDigit(position) else { throw malformed("expected a digit") }
            while isDigit(position) { position += 1 }
        }
        if position < bytes.count, bytes[position] | 0x20 == UInt8(ascii: "e") {
            isWhole = false
            position += 1
            if position < bytes.count, bytes[position] == UInt8(ascii: "+") || bytes[position] == UInt8(ascii: "-") {
                position += 1
            }
            guard isDigit(position) else { throw malformed("expected a digit") }
            while isDigit(position) { position += 1 }
        }
        guard position - start <= 400 else { throw malformed("a number is too long") }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        if isWhole, let whole = Int64(text) { return .int(whole) }
        guard let value = Double(text), value.isFinite else { throw malformed("a number is too large") }
        return .double(value)
    }

    private mutating func literal(_ word: StaticString, _ value: JSONValue) throws(ServiceError) -> JSONValue {
        guard literalFollows(word) else { throw malformed("expected a value") }
        return value
    }

    private mutating func literalFollows(_ word: StaticString) -> Bool {
        let matches = word.withUTF8Buffer { bytes[position...].starts(with: $0) }
        if matches { position += word.utf8CodeUnitCount }
        return matches
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        skipSpace()
        guard position < bytes.count, bytes[position] == byte else { return false }
        position += 1
        return true
    }

    private mutating func skipSpace() {
        while position < bytes.count {
            switch bytes[position] {
            case 0x20, 0x0A, 0x0D, 0x09: position += 1
            default: return
            }
        }
    }

    private func malformed(_ what: String) -> ServiceError { .invalidJSON(what, at: position) }
}
