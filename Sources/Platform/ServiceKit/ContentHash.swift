/// A short name for a content, the same in every process and on every machine. No defence against forgery.
package enum ContentHash {
    /// FNV-1a, 128 bits, in hexadecimal digits without leading zeros: http://www.isthe.com/chongo/tech/comp/fnv/
    package static func of(_ parts: [String]) -> String {
        let prime = UInt128(1) << 88 | UInt128(0x13B)
        var hash = UInt128(0x6C62_272E_07BB_0142) << 64 | UInt128(0x62B8_2175_6295_C58D)
        for part in parts {
            for byte in part.utf8 { hash = (hash ^ UInt128(byte)) &* prime }
            hash = (hash ^ 0x1F) &* prime  // Ends the part, so that ["ab", ""] differs from ["a", "b"].
        }
        return String(hash, radix: 16)
    }
}
