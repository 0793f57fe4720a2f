import Foundation

/// Handles that Magpie's addresses can carry, made of those that Shopify allows: small letters a to z, digits, hyphens.
///
/// A handle that had to be changed ends in a digest of the original. It depends on nothing else, so the same product
/// gets the same address in every import, and two handles never become one.
/// Why not as they are: docs/decisions/0016-imported-handles-are-ascii.md
enum ProductHandle {
    private static let longest = 121

    static func imported(_ original: String) -> String {
        let text = original.lowercased().precomposedStringWithCanonicalMapping
        return isPlain(text) ? text : withDigest(spelled(text).slug, of: text)
    }

    /// For a product that has a title only.
    static func titled(_ title: String) -> String {
        let text = title.lowercased().precomposedStringWithCanonicalMapping
        let (slug, isWhole) = spelled(text)
        return isWhole && isPlain(slug) ? slug : withDigest(slug, of: text)
    }

    private static func isPlain(_ text: String) -> Bool {
        text.utf8.count <= longest && text.utf8.first != UInt8(ascii: "-")
            && !text.isEmpty && text.utf8.allSatisfy { isWord($0) || $0 == UInt8(ascii: "-") }
    }

    private static func isWord(_ byte: UInt8) -> Bool { (97...122).contains(byte) || (48...57).contains(byte) }

    private static func withDigest(_ slug: String, of text: String) -> String {
        let digest = String(digest(text), radix: 16)
        let padded = String(repeating: "0", count: 16 - digest.count) + digest
        return (slug.isEmpty ? "p" : String(slug.prefix(longest - 13))) + "-" + padded.prefix(12)
    }

    /// Latin letters without their accents, everything else as hyphens; whether no letter was lost.
    private static func spelled(_ text: String) -> (slug: String, isWhole: Bool) {
        var slug = ""
        var isWhole = true
        for scalar in text.decomposedStringWithCanonicalMapping.unicodeScalars {
            if scalar.isASCII, isWord(UInt8(scalar.value)) {
                slug.unicodeScalars.append(scalar)
            } else if let plain = undecomposed[scalar] {
                slug += plain
            } else if scalar.properties.generalCategory != .nonspacingMark, scalar != "'", scalar != "’" {
                if scalar.properties.isAlphabetic || scalar.properties.numericType != nil { isWhole = false }
                if !slug.isEmpty, slug.last != "-" { slug.append("-") }
            }
        }
        while slug.last == "-" { slug.removeLast() }
        return (slug, isWhole)
    }

    /// Latin letters that Unicode does not take apart.
    private static let undecomposed: [Unicode.Scalar: String] = [
        "đ": "d", "ð": "d", "ø": "o", "ł": "l", "æ": "ae", "œ": "oe", "ß": "ss", "þ": "th", "ı": "i", "ħ": "h",
        "ŋ": "n",
    ]

    /// FNV-1a, 64 bits: http://www.isthe.com/chongo/tech/comp/fnv/
    private static func digest(_ text: String) -> UInt64 {
        text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }
}
