extension SQLStatement.StringInterpolation {
    /// The rows behind `VALUES`: `($1, $2), ($3, $4)`. At least one row.
    package mutating func appendInterpolation(rows: some Collection<[SQLValue]>) {
        isFixed = isFixed && rows.count == 1
        let texts = rows.map { row in
            let marks = row.map { value in
                binds.append(value)
                return "$\(binds.count)"
            }
            return "(" + marks.joined(separator: ", ") + ")"
        }
        text += texts.joined(separator: ", ")
    }
}

extension SQLTransaction {
    /// Runs a statement made of rows, some hundred rows at a time: a statement takes 32,766 values in SQLite and
    /// 65,535 in PostgreSQL.
    package func execute(rows: [[SQLValue]], _ statement: (ArraySlice<[SQLValue]>) -> SQLStatement) throws {
        let most = 400
        for start in stride(from: 0, to: rows.count, by: most) {
            try execute(statement(rows[start..<min(start + most, rows.count)]))
        }
    }
}

extension Optional where Wrapped: SQLBindable {
    package var sqlValue: SQLValue { self?.sqlValue ?? .null }
}
