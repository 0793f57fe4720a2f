/// UUID version 7 (RFC 9562, section 5.7) in lower-case Crockford base32.
enum UUIDv7 {
    static let digits = 26
    private static let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)

    static func isDigit(_ byte: UInt8) -> Bool { alphabet.contains(byte) }

    static func base32(at instant: Instant, _ first: UInt64, _ second: UInt64) -> String {
        let high = UInt64(bitPattern: instant.milliseconds) << 16 | 0x7000 | (first & 0x0FFF)
        let low = 0x8000_0000_0000_0000 | (second >> 2)
        var value = UInt128(high) << 64 | UInt128(low)
        var bytes = [UInt8](repeating: 0, count: digits)
        for index in stride(from: digits - 1, through: 0, by: -1) {
            bytes[index] = alphabet[Int(value & 31)]
            value >>= 5
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
