import SQL
import ServiceKit

/// The types our schemas use, by their fixed ids: https://github.com/postgres/postgres (pg_type.dat).
enum PostgresType {
    static let bytea: UInt32 = 17
    static let int8: UInt32 = 20
    static let float8: UInt32 = 701
    /// The server finds the type out: for texts and nulls.
    static let inferred: UInt32 = 0

    static func identifier(of value: SQLValue) -> UInt32 {
        switch value {
        case .null, .text: inferred
        case .integer: int8
        case .real: float8
        case .blob: bytea
        }
    }

    /// In the text format; nil is NULL. Throws for a text with U+0000, which the server cannot store.
    static func text(of value: SQLValue) throws(SQLError) -> String? {
        switch value {
        case .null: return nil
        case .integer(let number): return String(number)
        case .real(let number): return String(number)
        case .text(let text):
            guard !text.utf8.contains(0) else { throw .other("a text holds the character U+0000") }
            return text
        case .blob(let bytes):
            return "\\x" + hexadecimal(bytes)
        }
    }

    /// Reads the text format.
    static func value(of type: UInt32, _ bytes: UnsafeRawBufferPointer) throws(SQLError) -> SQLValue {
        let text = String(decoding: bytes, as: UTF8.self)
        switch type {
        case 16: return .integer(text == "t" ? 1 : 0)
        case bytea: return .blob(try blob(bytes))
        case int8, 21, 23, 26:
            guard let number = Int64(text) else { throw .decoding("'\(text)' is not an integer") }
            return .integer(number)
        case 700, float8:
            guard let number = Double(text) else { throw .decoding("'\(text)' is not a number") }
            return .real(number)
        case 1700:  // numeric: what SUM makes of whole numbers.
            if let number = Int64(text) { return .integer(number) }
            guard let number = Double(text) else { throw .decoding("'\(text)' is not a number") }
            return .real(number)
        default: return .text(text)
        }
    }

    private static func blob(_ bytes: UnsafeRawBufferPointer) throws(SQLError) -> [UInt8] {
        var blob: [UInt8] = []
        blob.reserveCapacity(bytes.count / 2)
        for index in stride(from: 2, to: bytes.count - 1, by: 2) {
            guard let high = hexadecimalValue(of: bytes[index]), let low = hexadecimalValue(of: bytes[index + 1]) else {
                throw .decoding("not a bytea in hex")
            }
            blob.append(high << 4 | low)
        }
        return blob
    }
}
