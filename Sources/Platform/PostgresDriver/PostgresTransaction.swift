import SQL

/// One transaction on a session.
struct PostgresTransaction: SQLTransaction {
    let connection: PostgresConnection
    let notifications = PendingNotifications()

    var dialect: SQLDialect { .postgresql }
    func query(_ statement: SQLStatement) throws -> [SQLRow] { try connection.execute(statement).rows }
    func execute(_ statement: SQLStatement) throws -> Int { try connection.execute(statement).changes }
    func run(unsafeScript: String) throws { try connection.run(unsafeScript) }
    func notify(_ channel: Channel) { notifications.add(channel) }
}
