/// Text that becomes part of HTML or XML.
package enum HTMLText {
    /// The text with `<`, `>`, `&`, `"` and `'` as character references, for elements and quoted attributes.
    ///
    /// By bytes, as browsers read: to Swift a quote with a combining mark is another character than a quote.
    package static func escaped(_ text: String) -> String {
        guard text.utf8.contains(where: { reference(to: $0) != nil }) else { return text }
        var escaped: [UInt8] = []
        escaped.reserveCapacity(text.utf8.count + 32)
        for byte in text.utf8 {
            if let reference = reference(to: byte) { escaped += reference.utf8 } else { escaped.append(byte) }
        }
        return String(decoding: escaped, as: UTF8.self)
    }

    private static func reference(to byte: UInt8) -> String? {
        switch byte {
        case UInt8(ascii: "<"): "&lt;"
        case UInt8(ascii: ">"): "&gt;"
        case UInt8(ascii: "&"): "&amp;"
        case UInt8(ascii: "\""): "&quot;"
        case UInt8(ascii: "'"): "&#39;"
        default: nil
        }
    }
}
