import AuthContract
import Commerce
import SQL

enum CustomerTable {
    static func find(_ id: CustomerID, in tx: any SQLTransaction) throws -> Customer? {
        try tx.first("SELECT * FROM customers WHERE id = \(id)").map(Customer.init(row:))
    }

    /// - Parameter email: Normalised.
    static func find(email: String, in tx: any SQLTransaction) throws -> (customer: Customer, passwordHash: String)? {
        try account("SELECT * FROM customers WHERE email = \(email)", in: tx)
    }

    static func account(_ id: CustomerID, in tx: any SQLTransaction) throws -> (
        customer: Customer, passwordHash: String
    )? {
        try account("SELECT * FROM customers WHERE id = \(id)", in: tx)
    }

    private static func account(_ query: SQLStatement, in tx: any SQLTransaction) throws -> (
        customer: Customer, passwordHash: String
    )? {
        try tx.first(query).map { row in (try Customer(row: row), try row.string("password_hash")) }
    }

    /// Whether this is still the stored hash; if so, the row is locked until the transaction ends.
    static func holds(_ id: CustomerID, passwordHash: String, in tx: any SQLTransaction) throws -> Bool {
        try tx.first(
            """
            SELECT id FROM customers WHERE id = \(id) AND password_hash = \(passwordHash)
            \(unsafeSQL: tx.dialect.forUpdate)
            """) != nil
    }

    /// - Returns: False when the old hash is not the stored one any more.
    static func setPassword(
        of id: CustomerID, from old: String, to new: String, at now: Instant, in tx: any SQLTransaction
    ) throws -> Bool {
        try tx.execute(
            """
            UPDATE customers SET password_hash = \(new), updated_at = \(now)
            WHERE id = \(id) AND password_hash = \(old)
            """) == 1
    }

    /// - Returns: False when the email address has an account already.
    static func insert(_ customer: Customer, passwordHash: String, in tx: any SQLTransaction) throws -> Bool {
        try tx.execute(
            """
            INSERT INTO customers (id, email, name, role, password_hash, created_at, updated_at)
            VALUES (\(customer.id), \(customer.email), \(customer.name), \(customer.role.rawValue), \(passwordHash),
                \(customer.createdAt), \(customer.createdAt))
            ON CONFLICT (email) DO NOTHING
            """) == 1
    }

    static func setPassword(
        of id: CustomerID, to hash: String, at now: Instant, in tx: any SQLTransaction
    ) throws {
        try tx.execute("UPDATE customers SET password_hash = \(hash), updated_at = \(now) WHERE id = \(id)")
    }

    /// - Returns: False when the account had the role already.
    static func setRole(
        of id: CustomerID, to role: Customer.Role, at now: Instant, in tx: any SQLTransaction
    ) throws -> Bool {
        try tx.execute(
            """
            UPDATE customers SET role = \(role.rawValue), updated_at = \(now)
            WHERE id = \(id) AND role <> \(role.rawValue)
            """) == 1
    }

    static func hasAdministrator(in tx: any SQLTransaction) throws -> Bool {
        try tx.first("SELECT id FROM customers WHERE role = 'administrator' LIMIT 1") != nil
    }

    /// Newest first: ids sort by the time they were made.
    static func list(
        email: String?, before cursor: CustomerID?, limit: Int, in tx: any SQLTransaction
    ) throws -> [Customer] {
        let matching = filter(email: email)
        let before: SQLStatement = if let cursor { "id < \(cursor)" } else { "TRUE" }
        return try tx.query("SELECT * FROM customers WHERE \(matching) AND \(before) ORDER BY id DESC LIMIT \(limit)")
            .map(Customer.init(row:))
    }

    static func count(email: String?, in tx: any SQLTransaction) throws -> Int? {
        try tx.first("SELECT COUNT(*) AS total FROM customers WHERE \(filter(email: email))")?.int("total")
    }

    private static func filter(email: String?) -> SQLStatement {
        if let email { "email = \(email)" } else { "TRUE" }
    }
}

extension Customer {
    /// From a row with the columns of `customers`.
    init(row: SQLRow) throws {
        let name = try row.string("role")
        guard let role = Role(rawValue: name) else { throw SQLError.decoding("unknown role \(name)") }
        self.init(
            id: try row.id("id"), email: try row.string("email"), name: try row.string("name"), role: role,
            createdAt: try row.instant("created_at"))
    }
}
