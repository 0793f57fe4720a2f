import Commerce
import Foundation

/// Words for the person at the terminal; logs go elsewhere.
enum Console {
    static func say(_ line: String) {
        FileHandle.standardOutput.write(Data((line + "\n").utf8))
    }

    static func complain(_ line: String) {
        FileHandle.standardError.write(Data((line + "\n").utf8))
    }

    static let isTerminal = isatty(1) == 1

    /// Whether somebody is there who could answer a question.
    static let isInteractive = isatty(0) == 1 && isatty(2) == 1

    /// What the person answers; nil when nothing more comes. Asked beside the output, which may go elsewhere.
    static func ask(_ question: String) -> String? {
        FileHandle.standardError.write(Data((question + " ").utf8))
        return readLine()?.trimmed
    }

    /// One line that moves on a terminal, plain lines every tenth elsewhere.
    static func progress(_ what: String, _ done: Int, of total: Int) {
        if isTerminal {
            FileHandle.standardOutput.write(Data("\r\(what) \(done)/\(total)\(done == total ? "\n" : "")".utf8))
        } else if done == total || done % max(1, total / 10) == 0 {
            say("\(what) \(done)/\(total)")
        }
    }

    /// A value for scripts: members in snake case, sorted.
    static func json(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    /// Prints rows under titles, in columns as wide as their longest cell.
    static func table(_ titles: [String], _ rows: [[String]]) {
        let rows = [titles] + rows
        let widths = titles.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        for row in rows {
            let cells = zip(row, widths).map { $0.padding(toLength: $1, withPad: " ", startingAt: 0) }
            say(cells.joined(separator: "  ").trimmingCharacters(in: .whitespaces))
        }
    }
}
