/// What tells one kind of id from another: the prefix it is written with.
package protocol IdentifierKind: Sendable {
    static var prefix: String { get }
}

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

package enum ProductKind: IdentifierKind { package static let prefix = "prod" }
package enum VariantKind: IdentifierKind { package static let prefix = "var" }
package enum CategoryKind: IdentifierKind { package static let prefix = "cat" }
package enum CartKind: IdentifierKind { package static let prefix = "cart" }
package enum LineKind: IdentifierKind { package static let prefix = "line" }
package enum OrderKind: IdentifierKind { package static let prefix = "ord" }
package enum CustomerKind: IdentifierKind { package static let prefix = "cus" }
package enum EventKind: IdentifierKind { package static let prefix = "evt" }
package enum RefundKind: IdentifierKind { package static let prefix = "ref" }

package typealias ProductID = Identifier<ProductKind>
package typealias VariantID = Identifier<VariantKind>
package typealias CategoryID = Identifier<CategoryKind>
package typealias CartID = Identifier<CartKind>
package typealias LineID = Identifier<LineKind>
package typealias OrderID = Identifier<OrderKind>
package typealias CustomerID = Identifier<CustomerKind>
package typealias EventID = Identifier<EventKind>
package typealias RefundID = Identifier<RefundKind>

/// UUID version 7 (RFC 9562, section 5.7) in lower-case Crockford base32.
enum UUIDv7 {
    static let digits = 26
    private static let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)

    static func isDigit(_ byte: UInt8) -> Bool { alphabet.contains(byte) }

    static func base32(at instant: Instant, _ first: UInt64, _ second: UInt64) -> String {
        let high = UInt64(bitPattern: instant.milliseconds) << 16 | 0x7000 | (first & 0x0FFF)
        let low = 0x8000_0000_0000_0000 | (second >> 2)
        var value = UInt128(high) << 64 | UInt128(low)
        var bytes = [UInt8](repeating: 0, count: digits)
        for index in stride(from: digits - 1, through: 0, by: -1) {
            bytes[index] = alphabet[Int(value & 31)]
            value >>= 5
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
