/// The result of an import: counts of products, and problems for the shop's owner.
package struct ImportReport: Hashable, Sendable {
    package var created = 0
    package var updated = 0
    package var unchanged = 0
    /// Products that are not in the shop, or not as the file has them.
    package var leftOut = 0
    /// In the order of the file.
    package var problems: [ImportProblem] = []
    /// Columns with values that Magpie does not store.
    package var unreadColumns: [String] = []

    package init() {}

    package var isComplete: Bool { !problems.contains(where: \.kind.isFault) }

    package var summary: String {
        let rows = Set(problems.filter(\.kind.isFault).map(\.line)).count
        return
            "\(created) created, \(updated) updated, \(unchanged) unchanged, \(leftOut) left out; rows at fault: \(rows)."
    }

    /// The problems by kind, worst first, and the columns that were not read.
    ///
    /// - Parameter limit: How many of a kind are listed; nil lists all.
    package func lines(limit: Int?) -> [String] {
        var lines: [String] = []
        for kind in ImportProblem.Kind.allCases {
            let found = problems.filter { $0.kind == kind }
            guard !found.isEmpty else { continue }
            lines.append("\(kind.heading) (\(found.count)):")
            let listed = limit.map { found.prefix($0) } ?? found[...]
            lines += listed.map { "  \($0)" }
            if listed.count < found.count { lines.append("  … and \(found.count - listed.count) more") }
        }
        if !unreadColumns.isEmpty {
            let listed = limit.map { unreadColumns.prefix($0) } ?? unreadColumns[...]
            let more = unreadColumns.count - listed.count
            lines.append(
                "Columns that Magpie does not read (\(unreadColumns.count)): " + listed.joined(separator: ", ")
                    + (more > 0 ? " and \(more) more" : ""))
        }
        return lines
    }
}

extension ImportProblem.Kind {
    fileprivate var heading: String {
        switch self {
        case .leftOut: "Not imported"
        case .unreadable: "Cells that cannot be read"
        case .notOnSale: "Imported, but not on sale"
        case .stock: "Stock that the file does not state"
        case .unsupported: "Not supported yet"
        case .address: "New addresses"
        case .notice: "Please check"
        }
    }
}
