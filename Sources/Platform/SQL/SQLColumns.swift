/// The names of a result's columns, shared by its rows.
package final class SQLColumns: Sendable {
    let index: [String: Int]
    package init(_ names: [String]) {
        index = Dictionary(names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    }
}
