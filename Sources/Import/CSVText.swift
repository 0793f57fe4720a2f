/// The bytes of a file as UTF-8 without a byte order mark. What is not text, or in an encoding that is not certain, is
/// refused: guessed letters would appear in the shop.
enum CSVText {
    static func decoded(_ bytes: [UInt8]) throws(RefusedFile) -> [UInt8] {
        if bytes.isEmpty { throw RefusedFile(reason: "The file is empty.") }
        if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) {
            throw RefusedFile(reason: "The file is a spreadsheet or a ZIP archive, not CSV. Save it as CSV UTF-8.")
        }
        if bytes.starts(with: [0xFF, 0xFE]) { return try utf16(bytes.dropFirst(2), low: 0) }
        if bytes.starts(with: [0xFE, 0xFF]) { return try utf16(bytes.dropFirst(2), low: 1) }
        do {
            _ = try UTF8Span(validating: bytes.span)
        } catch {
            throw notText(bytes, at: error.byteOffsets.lowerBound)
        }
        if let zero = bytes.firstIndex(of: 0) { throw notText(bytes, at: zero) }
        return bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
    }

    private static func notText(_ bytes: [UInt8], at offset: Int) -> RefusedFile {
        let before = bytes[..<offset]
        let line = 1 + before.count(where: { $0 == UInt8(ascii: "\n") })
        let hex = String(bytes[offset], radix: 16, uppercase: true)
        return RefusedFile(
            reason: "The file is not UTF-8: byte \(offset + 1), in line \(line), is 0x\(hex). Save it as CSV UTF-8.")
    }

    /// - Parameter low: Where the low byte of each pair stands.
    private static func utf16(_ bytes: ArraySlice<UInt8>, low: Int) throws(RefusedFile) -> [UInt8] {
        let pairs = stride(from: bytes.startIndex, to: bytes.endIndex - 1, by: 2)
        let units = pairs.map { UInt16(bytes[$0 + 1 - low]) << 8 | UInt16(bytes[$0 + low]) }
        guard bytes.count.isMultiple(of: 2), !units.contains(0), let text = String(validating: units, as: UTF16.self)
        else { throw RefusedFile(reason: "The file is broken UTF-16. Save it as CSV UTF-8.") }
        return Array(text.utf8)
    }
}
