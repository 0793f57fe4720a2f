package import NIOCore
import ServiceKit

/// Bounds of one JSON text. Small texts can have a high cost: `[1,1,…]` takes a hundred times its size once it is read.
package struct JSONBounds: Hashable, Sendable {
    /// How deep arrays and objects may nest.
    package static let depth = 32
    /// Values in arrays, in all.
    package var elements: Int
    /// Members of objects, in all.
    package var keys: Int

    package init(elements: Int, keys: Int) {
        self.elements = elements
        self.keys = keys
    }

    /// Throws `body_too_large` (413) or, for what nests too deep, `invalid_json` (400). One pass over the bytes without
    /// building anything; whether the text is JSON is for the parser to check.
    package func check(_ text: ByteBuffer) throws {
        try text.withUnsafeReadableBytes { bytes in
            var scan = JSONScan(bytes: bytes, bounds: self)
            try scan.run()
        }
    }
}

extension ServiceError {
    /// 400.
    static func invalidJSON(_ what: String, at position: Int) -> ServiceError {
        ServiceError(ErrorCode.invalidJSON, "The body is not valid JSON: \(what) (at byte \(position)).")
    }
}
