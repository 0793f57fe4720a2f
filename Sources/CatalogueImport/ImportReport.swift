/// A row, or a product that starts on it, which could not be taken over.
package struct ImportProblem: Hashable, Sendable, CustomStringConvertible {
    /// Counted from 1; the header is line 1.
    package var line: Int
    package var reason: String

    package init(line: Int, reason: String) {
        self.line = line
        self.reason = reason
    }

    package var description: String { "line \(line): \(reason)" }
}

/// What an import did, in products.
package struct ImportReport: Hashable, Sendable {
    package var created = 0
    package var updated = 0
    package var unchanged = 0
    /// In the order of the file.
    package var problems: [ImportProblem] = []

    package init() {}
}
