import CPostgreSQL
import SQL

/// The result of one statement, copied from libpq's memory.
struct PostgresResult {
    var rows: [SQLRow] = []
    /// How many rows a change touched.
    var changes = 0

    init() {}

    /// Reads and frees the result. Throws `PostgresFailure`.
    init(taking result: OpaquePointer?, on connection: OpaquePointer) throws {
        defer { PQclear(result) }
        let status = PQresultStatus(result)
        guard status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK || status == PGRES_EMPTY_QUERY else {
            throw PostgresFailure(result: result, on: connection)
        }
        changes = Int(String(cString: PQcmdTuples(result))) ?? 0
        let (width, height) = (PQnfields(result), PQntuples(result))
        guard width > 0 else { return }
        let columns = SQLColumns((0..<width).map { String(cString: PQfname(result, $0)) })
        let types = (0..<width).map { PQftype(result, $0) }
        rows = try (0..<height).map { row in
            SQLRow(
                columns: columns,
                values: try (0..<width).map { column in
                    guard PQgetisnull(result, row, column) == 0, let start = PQgetvalue(result, row, column) else {
                        return .null
                    }
                    let bytes = UnsafeRawBufferPointer(start: start, count: Int(PQgetlength(result, row, column)))
                    return try PostgresType.value(of: types[Int(column)], bytes)
                })
        }
    }
}
