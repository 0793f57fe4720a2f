/// Percent-encoding of URLs and forms: https://www.rfc-editor.org/rfc/rfc3986#section-2.1
package enum PercentEncoding {
    /// The text behind the escapes; nil when one of them is incomplete or the text is not UTF-8.
    ///
    /// - Parameter plusIsSpace: As in forms and queries.
    package static func decoded(_ bytes: some Sequence<UInt8>, plusIsSpace: Bool = false) -> String? {
        var text: [UInt8] = []
        text.reserveCapacity(bytes.underestimatedCount)
        var rest = bytes.makeIterator()
        while let byte = rest.next() {
            switch byte {
            case UInt8(ascii: "%"):
                guard let high = rest.next().flatMap(hexadecimalValue), let low = rest.next().flatMap(hexadecimalValue)
                else { return nil }
                text.append(high << 4 | low)
            case UInt8(ascii: "+") where plusIsSpace: text.append(UInt8(ascii: " "))
            default: text.append(byte)
            }
        }
        return String(validating: text, as: UTF8.self)
    }

    /// The text as a part of a URL: all but unreserved characters are escaped.
    package static func encoded(_ text: String) -> String {
        var encoded: [UInt8] = []
        encoded.reserveCapacity(text.utf8.count)
        for byte in text.utf8 {
            if isUnreserved(byte) {
                encoded.append(byte)
            } else {
                encoded += "%\(hexadecimal([byte]).uppercased())".utf8
            }
        }
        return String(decoding: encoded, as: UTF8.self)
    }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "~"):
            true
        default: false
        }
    }
}
