import Commerce

/// Handles that Magpie's addresses can carry, made of those that Shopify allows.
///
/// A handle that had to be changed ends in a digest of the original. It depends on nothing else, so the same product
/// gets the same address in every import, and two handles never become one.
/// Why not as they are: docs/decisions/0016-imported-handles-are-ascii.md
enum ProductHandle {
    static func imported(_ original: String) -> String {
        let spelling = Transliteration(original, .baseLetters)
        return Handle.isValid(spelling.original) ? spelling.original : withDigest(spelling)
    }

    /// For a product that has a title only.
    static func titled(_ title: String) -> String {
        let spelling = Transliteration(title, .baseLetters)
        return spelling.isComplete && Handle.isValid(spelling.handle) ? spelling.handle : withDigest(spelling)
    }

    private static func withDigest(_ spelling: Transliteration) -> String {
        let digest = String(digest(spelling.original), radix: 16)
        let padded = String(repeating: "0", count: 16 - digest.count) + digest
        let beginning = spelling.handle.isEmpty ? "p" : String(spelling.handle.prefix(Handle.maximumLength - 13))
        return beginning + "-" + padded.prefix(12)
    }

    /// FNV-1a, 64 bits: http://www.isthe.com/chongo/tech/comp/fnv/
    private static func digest(_ text: String) -> UInt64 {
        text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }
}
