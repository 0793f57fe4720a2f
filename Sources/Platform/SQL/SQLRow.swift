package import Commerce

/// One row of a result, read by column name. A missing column or another type throws `SQLError.decoding`.
package struct SQLRow: Sendable {
    private let columns: SQLColumns
    private let values: [SQLValue]

    package init(columns: SQLColumns, values: [SQLValue]) {
        self.columns = columns
        self.values = values
    }

    package func value(_ column: String) throws(SQLError) -> SQLValue {
        guard let index = columns.index[column] else { throw .decoding("no column \(column)") }
        return values[index]
    }

    package func string(_ column: String) throws(SQLError) -> String {
        guard case .text(let text) = try value(column) else { throw .decoding("\(column) is not text") }
        return text
    }

    package func int64(_ column: String) throws(SQLError) -> Int64 {
        guard case .integer(let number) = try value(column) else { throw .decoding("\(column) is not an integer") }
        return number
    }

    package func int(_ column: String) throws(SQLError) -> Int { Int(try int64(column)) }
    package func bool(_ column: String) throws(SQLError) -> Bool { try int64(column) != 0 }
    package func instant(_ column: String) throws(SQLError) -> Instant { Instant(milliseconds: try int64(column)) }

    package func double(_ column: String) throws(SQLError) -> Double {
        switch try value(column) {
        case .real(let number): return number
        case .integer(let number): return Double(number)
        default: throw .decoding("\(column) is not a number")
        }
    }

    package func blob(_ column: String) throws(SQLError) -> [UInt8] {
        guard case .blob(let bytes) = try value(column) else { throw .decoding("\(column) is not a blob") }
        return bytes
    }

    package func isNull(_ column: String) throws(SQLError) -> Bool { try value(column) == .null }
    package func optionalString(_ column: String) throws(SQLError) -> String? {
        try isNull(column) ? nil : string(column)
    }
    package func optionalInt64(_ column: String) throws(SQLError) -> Int64? { try isNull(column) ? nil : int64(column) }
    package func optionalInt(_ column: String) throws(SQLError) -> Int? { try isNull(column) ? nil : int(column) }
    package func optionalInstant(_ column: String) throws(SQLError) -> Instant? {
        try isNull(column) ? nil : instant(column)
    }

    package func id<Kind>(_ column: String, as type: Identifier<Kind>.Type = Identifier<Kind>.self) throws(SQLError)
        -> Identifier<Kind>
    {
        Identifier(stored: try string(column))
    }

    package func optionalID<Kind>(
        _ column: String, as type: Identifier<Kind>.Type = Identifier<Kind>.self
    ) throws(SQLError) -> Identifier<Kind>? {
        try optionalString(column).map { Identifier(stored: $0) }
    }

    package func currency(_ column: String) throws(SQLError) -> Currency {
        guard let currency = Currency(try string(column)) else { throw .decoding("\(column) is not a currency") }
        return currency
    }
}
