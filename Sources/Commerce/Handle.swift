/// What a product or category is called in addresses: lower-case letters a to z, digits and hyphens.
package enum Handle {
    package static let maximumLength = 121

    /// Whether the text is `^[a-z0-9][a-z0-9-]{0,120}$`.
    package static func isValid(_ text: String) -> Bool {
        guard let first = text.utf8.first, isWord(first), text.utf8.count <= maximumLength else { return false }
        return text.utf8.allSatisfy { isWord($0) || $0 == UInt8(ascii: "-") }
    }

    private static func isWord(_ byte: UInt8) -> Bool { (97...122).contains(byte) || (48...57).contains(byte) }
}
