/// Something in a file that was not imported as it stands there.
package struct ImportProblem: Hashable, Sendable, CustomStringConvertible {
    package enum Kind: Hashable, Sendable, CaseIterable {
        /// A row, a variant, a product or the whole file is not in the shop, or not as the file has it.
        case leftOut
        /// A cell cannot be read; the rest of its row was imported.
        case unreadable
        case notOnSale
        /// The file does not state how many there are.
        case stock
        /// The shop treats it otherwise than the other shop did.
        case unsupported
        case address
        /// Imported in another form, or likely not what was meant.
        case notice

        /// Whether something of the file is missing in the shop.
        package var isFault: Bool { self == .leftOut || self == .unreadable }
    }
    package var kind: Kind
    /// Nil: the file as a whole.
    package var place: CSVPlace?
    /// As the file's header names it.
    package var column: String?
    /// What is the matter, and what was done.
    package var reason: String

    package init(kind: Kind, place: CSVPlace? = nil, column: String? = nil, reason: String) {
        self.kind = kind
        self.place = place
        self.column = column
        self.reason = reason
    }

    package var line: Int { place?.line ?? 1 }

    package var description: String {
        let position = place.map { $0.row == $0.line ? "row \($0.row)" : "row \($0.row) (line \($0.line))" }
        let origin = [position, column].compactMap(\.self).joined(separator: ", ")
        return origin.isEmpty ? reason : "\(origin): \(reason)"
    }
}
