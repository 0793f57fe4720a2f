/// A table of the operations page. The first cell of a row names it.
struct OperationsTable: Sendable {
    struct Column: Sendable {
        let title: String
        let isNumber: Bool

        static func text(_ title: String) -> Column { Column(title: title, isNumber: false) }
        static func number(_ title: String) -> Column { Column(title: title, isNumber: true) }
    }

    struct Cell: Sendable {
        let text: String
        let finding: Finding?

        init(_ text: String, _ finding: Finding? = nil) {
            self.text = text
            self.finding = finding
        }

        fileprivate var markup: Markup {
            let text = Markup(breakable: text)
            guard let finding else { return text }
            return "\(text) <strong class=\"\(finding.word)\">\(finding.word)</strong>"
        }
    }

    let title: String
    let columns: [Column]
    let rows: [[Cell]]
    /// What it says without rows.
    let absence: String

    init(_ title: String, _ columns: [Column], _ rows: [[Cell]], absence: String = "Not measured yet.") {
        self.title = title
        self.columns = columns
        self.rows = rows
        self.absence = absence
    }

    var findings: [Finding] { rows.joined().compactMap(\.finding) }

    /// Narrow windows show the rows of a wide table as blocks, for which each cell repeats its column. Roles keep it a
    /// table for those who listen to it.
    var markup: Markup {
        guard !rows.isEmpty else { return "<h3>\(title)</h3>\n<p class=\"absent\">\(absence)</p>" }
        let heads = columns.map { column -> Markup in
            "<th scope=\"col\" role=\"columnheader\"\(Self.alignment(column))>\(column.title)</th>"
        }
        return """
            <table role="table"\(width)><caption>\(title)</caption>
            <thead role="rowgroup"><tr role="row">\(heads)</tr></thead>
            <tbody role="rowgroup">
            \(rows.map(row))
            </tbody></table>
            """
    }

    /// A phone has room for seven columns of numbers; a text takes that of three.
    private var width: Markup {
        columns.reduce(0) { $0 + ($1.isNumber ? 1 : 3) } > 7 ? " class=\"wide\"" : ""
    }

    private func row(_ cells: [Cell]) -> Markup {
        let cells = zip(columns, cells).enumerated().map { index, pair -> Markup in
            let (column, cell) = pair
            if index == 0 { return "<th scope=\"row\" role=\"rowheader\">\(cell.markup)</th>" }
            return "<td role=\"cell\" data-label=\"\(column.title)\"\(Self.alignment(column))>\(cell.markup)</td>"
        }
        return "<tr role=\"row\">\(cells)</tr>"
    }

    private static func alignment(_ column: Column) -> Markup { column.isNumber ? " class=\"number\"" : "" }
}
