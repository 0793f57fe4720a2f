import Foundation
import ServiceKit

/// Counts the elements and members of a JSON text by its brackets and commas.
struct JSONScan {
    let bytes: UnsafeRawBufferPointer
    let bounds: JSONBounds
    private var position = 0
    private var depth = 0
    /// One bit for each open container, the innermost last: whether it is an array.
    private var isArray: UInt64 = 0
    private var elements = 0
    private var keys = 0

    init(bytes: UnsafeRawBufferPointer, bounds: JSONBounds) {
        self.bytes = bytes
        self.bounds = bounds
    }

    mutating func run() throws(ServiceError) {
        let count = bytes.count
        while position < count {
            let byte = bytes[position]
            position += 1
            switch byte {
            case UInt8(ascii: "\""): skipString()
            case UInt8(ascii: ","): try countOne()
            case UInt8(ascii: "["), UInt8(ascii: "{"):
                depth += 1
                guard depth <= JSONBounds.depth else {
                    throw .invalidJSON("values nest deeper than \(JSONBounds.depth)", at: position - 1)
                }
                isArray = isArray << 1 | (byte == UInt8(ascii: "[") ? 1 : 0)
                try countOne()
            case UInt8(ascii: "]"), UInt8(ascii: "}"):
                guard depth > 0 else { throw .invalidJSON("nothing is open here", at: position - 1) }
                depth -= 1
                isArray >>= 1
            default: break
            }
        }
    }

    /// The first element of a container is counted when it opens, be the container empty or not.
    private mutating func countOne() throws(ServiceError) {
        if isArray & 1 == 1 { elements += 1 } else { keys += 1 }
        guard elements <= bounds.elements, keys <= bounds.keys else {
            throw ServiceError(
                ErrorCode.bodyTooLarge,
                "The body may hold at most \(bounds.elements) values in arrays and \(bounds.keys) members of objects.")
        }
    }

    /// To the byte after the closing quote, or to the end.
    private mutating func skipString() {
        let start = position
        while position < bytes.count, let base = bytes.baseAddress {
            guard let quote = memchr(base + position, 0x22, bytes.count - position) else { break }
            let end = base.distance(to: UnsafeRawPointer(quote))
            var backslashes = 0
            while end - backslashes > max(start, position), bytes[end - backslashes - 1] == UInt8(ascii: "\\") {
                backslashes += 1
            }
            position = end + 1
            if backslashes % 2 == 0 { return }
        }
        position = bytes.count
    }
}
