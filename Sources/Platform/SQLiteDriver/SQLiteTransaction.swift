import Foundation
import GRDB
import SQL

/// One transaction on a SQLite connection. Statements of fixed text are prepared once and kept by the connection.
struct SQLiteTransaction: SQLTransaction {
    let connection: GRDB.Database
    let notifications = PendingNotifications()

    var dialect: SQLDialect { .sqlite }

    func query(_ statement: SQLStatement) throws -> [SQLRow] {
        let prepared = try prepare(statement)
        let cursor = try Row.fetchCursor(prepared, arguments: Self.arguments(statement.binds))
        let columns = SQLColumns(prepared.columnNames)
        var rows: [SQLRow] = []
        while let row = try cursor.next() {
            rows.append(SQLRow(columns: columns, values: row.databaseValues.map(Self.value)))
        }
        return rows
    }

    func execute(_ statement: SQLStatement) throws -> Int {
        let prepared = try prepare(statement)
        try prepared.execute(arguments: Self.arguments(statement.binds))
        return connection.changesCount
    }

    /// GRDB never evicts cached statements: an unbounded number of texts would fill the memory.
    private func prepare(_ statement: SQLStatement) throws -> Statement {
        try statement.isFixed
            ? connection.cachedStatement(sql: statement.text) : connection.makeStatement(sql: statement.text)
    }

    func run(unsafeScript: String) throws { try connection.execute(sql: unsafeScript) }

    func notify(_ channel: Channel) { notifications.add(channel) }

    /// `$1`, `$2` … stand in the text in this order, each once: SQLite numbers them the same way.
    private static func arguments(_ binds: [SQLValue]) -> StatementArguments {
        StatementArguments(binds.map(databaseValue))
    }

    private static func databaseValue(_ value: SQLValue) -> DatabaseValue {
        switch value {
        case .null: .null
        case .integer(let number): number.databaseValue
        case .real(let number): number.databaseValue
        case .text(let text): text.databaseValue
        case .blob(let bytes): Data(bytes).databaseValue
        }
    }

    private static func value(_ value: DatabaseValue) -> SQLValue {
        switch value.storage {
        case .null: .null
        case .int64(let number): .integer(number)
        case .double(let number): .real(number)
        case .string(let text): .text(text)
        case .blob(let data): .blob(Array(data))
        }
    }
}
