/// Where a record stands in its file, counted from 1: its row, as a spreadsheet shows it, and its first line.
package struct CSVPlace: Hashable, Sendable {
    package var row: Int
    package var line: Int

    package init(row: Int, line: Int) {
        self.row = row
        self.line = line
    }
}
