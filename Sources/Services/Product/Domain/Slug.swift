import Foundation

/// Handles made from names: `Home & Garden` becomes `home-garden`.
enum Slug {
    private static let longest = 121
    private static let folded: [Character: String] = {
        let groups = [
            "a": "àáâãåāăą", "c": "çćč", "d": "ďđð", "e": "èéêëēėęě", "g": "ğģ", "i": "ìíîïīįı", "k": "ķ", "l": "łļľ",
            "n": "ñńňņ", "o": "òóôõøōő", "r": "řŕ", "s": "śšşș", "t": "ťţț", "u": "ùúûūůųű", "y": "ýÿ", "z": "źżž",
            "ae": "äæ", "oe": "öœ", "ue": "ü", "ss": "ß", "th": "þ",
        ]
        var table: [Character: String] = [:]
        for (plain, accented) in groups { for character in accented { table[character] = plain } }
        return table
    }()

    /// The handle for a name. Where letters have no Latin ones to stand for them the name's digest does, so that names
    /// which differ in those alone get handles of their own.
    static func of(_ name: String) -> String {
        var slug = ""
        var isWhole = true
        for character in name.lowercased() where character != "'" && character != "’" {
            if character.isASCII, character.isLetter || character.isNumber {
                slug.append(character)
            } else if let plain = folded[character] {
                slug += plain
            } else {
                if character.isLetter { isWhole = false }
                if !slug.isEmpty, slug.last != "-" { slug.append("-") }
            }
        }
        slug = String(slug.prefix(longest))
        while slug.last == "-" { slug.removeLast() }
        if slug.isEmpty { return "c-" + ContentDigest.of([name]).prefix(12) }
        guard !isWhole else { return slug }
        // Of what the slug is made of: large and small letters are the same, however they are composed.
        let digest = ContentDigest.of([name.lowercased().precomposedStringWithCanonicalMapping])
        return slug.prefix(longest - 9) + "-" + digest.prefix(8)
    }

    /// `mug` as `mug-2`, no longer than a handle may be.
    static func numbered(_ handle: String, _ number: Int) -> String {
        handle.prefix(longest - 7) + "-\(number)"
    }

    /// Whether the text is `^[a-z0-9][a-z0-9-]{0,120}$`.
    static func isHandle(_ text: String) -> Bool {
        func isWord(_ byte: UInt8) -> Bool { (97...122).contains(byte) || (48...57).contains(byte) }
        guard let first = text.utf8.first, isWord(first), text.utf8.count <= longest else { return false }
        return text.utf8.allSatisfy { isWord($0) || $0 == UInt8(ascii: "-") }
    }
}
