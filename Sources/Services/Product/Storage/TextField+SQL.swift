import ProductContract
import SQL

extension TextField {
    /// The columns of all of them, in the order of ``values(of:)``.
    static var columns: String { allCases.map(\.rawValue).joined(separator: ", ") }

    /// What an upsert sets them to.
    static var excluded: String { allCases.map { "\($0.rawValue) = excluded.\($0.rawValue)" }.joined(separator: ", ") }

    static func values(of texts: [Self: String]) -> [SQLValue] {
        allCases.map { (texts[$0] ?? $0.absent).sqlValue }
    }

    /// Those that are set.
    static func texts(in row: SQLRow) throws -> [Self: String] {
        var texts: [Self: String] = [:]
        for field in allCases {
            texts[field] = try row.optionalString(field.rawValue).flatMap { $0.isEmpty ? nil : $0 }
        }
        return texts
    }
}

extension SQLStatement.StringInterpolation {
    /// What an `UPDATE` sets the columns of all texts to.
    mutating func appendInterpolation<Field: TextField>(set texts: [Field: String]) {
        for (place, field) in Field.allCases.enumerated() {
            appendLiteral((place == 0 ? "" : ", ") + field.rawValue + " = ")
            appendInterpolation(texts[field] ?? field.absent)
        }
    }
}
