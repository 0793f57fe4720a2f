/// A typed, sortable id: prefix, underscore, UUIDv7 in lower-case Crockford base32 (26 digits).
package struct Identifier<Kind: IdentifierKind>: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The whole id as clients see it: `prod_01k…`.
    package let rawValue: String

    /// A new id made from the clock and the system's random numbers.
    package init(at instant: Instant = .now) {
        var generator = SystemRandomNumberGenerator()
        self.init(at: instant, bits: generator.next(), generator.next())
    }

    /// The id that belongs to these 128 bits, 74 of which are used: the same each time.
    package init(at instant: Instant, bits first: UInt64, _ second: UInt64) {
        rawValue = Kind.prefix + "_" + UUIDv7.base32(at: instant, first, second)
    }

    /// Reads an id that came from outside; nil when it has another prefix or is malformed.
    package init?(_ text: String) {
        let body = text.utf8.dropFirst(Kind.prefix.utf8.count + 1)
        guard text.hasPrefix(Kind.prefix + "_"), body.count == UUIDv7.digits, body.allSatisfy(UUIDv7.isDigit) else {
            return nil
        }
        rawValue = text
    }

    /// An id read back from our own storage.
    package init(stored text: String) { rawValue = text }

    package var description: String { rawValue }
    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

extension Identifier: Codable {
    package init(from decoder: any Decoder) throws {
        rawValue = try decoder.singleValueContainer().decode(String.self)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }
}
