/// Checks the syntax of an email address. Only a delivered mail shows that it exists.
package enum EmailAddress {
    /// The address trimmed and in lower case, or nil when it is not one: ASCII only, as mail servers without SMTPUTF8
    /// take it; a dot-atom (RFC 5322) of at most 64 bytes, and a domain of at least two labels; at most 254 bytes.
    package static func normalised(_ text: String) -> String? {
        let bytes = text.trimmed.utf8.map { (65...90).contains($0) ? $0 + 32 : $0 }
        let parts = bytes.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        guard bytes.count <= 254, parts.count == 2, parts[0].count <= 64, isLocalPart(parts[0]), isDomain(parts[1])
        else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static let atomSigns = Set("!#$%&'*+-/=?^_`{|}~".utf8)

    private static func isLocalPart(_ bytes: ArraySlice<UInt8>) -> Bool {
        bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { atom in
            !atom.isEmpty && atom.allSatisfy { isLetterOrDigit($0) || atomSigns.contains($0) }
        }
    }

    private static func isDomain(_ bytes: ArraySlice<UInt8>) -> Bool {
        let hyphen = UInt8(ascii: "-")
        let labels = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return labels.count >= 2
            && labels.allSatisfy { label in
                (1...63).contains(label.count) && label.first != hyphen && label.last != hyphen
                    && label.allSatisfy { isLetterOrDigit($0) || $0 == hyphen }
            }
    }

    /// Of a text in lower case.
    private static func isLetterOrDigit(_ byte: UInt8) -> Bool { (97...122).contains(byte) || (48...57).contains(byte) }
}
