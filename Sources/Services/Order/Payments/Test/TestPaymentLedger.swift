import Commerce
import SQL

/// The payments and refunds of the test provider.
enum TestPaymentLedger {
    static let migration = Migration("test_payments") { dialect in
        """
        CREATE TABLE test_payments (
            key TEXT PRIMARY KEY NOT NULL, order_id TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('authorised', 'captured', 'voided', 'declined', 'insufficient_funds',
                'requires_action')),
            amount \(dialect.int64) NOT NULL CHECK (amount >= 0), currency TEXT NOT NULL,
            captured \(dialect.int64) NOT NULL DEFAULT 0 CHECK (captured BETWEEN 0 AND amount),
            refunded \(dialect.int64) NOT NULL DEFAULT 0 CHECK (refunded BETWEEN 0 AND captured),
            created_at \(dialect.int64) NOT NULL, CHECK (captured = 0 OR state = 'captured')
        ) \(dialect.strict);
        CREATE TABLE test_refunds (
            key TEXT PRIMARY KEY NOT NULL, payment_key TEXT NOT NULL REFERENCES test_payments (key),
            amount \(dialect.int64) NOT NULL CHECK (amount > 0), created_at \(dialect.int64) NOT NULL
        ) \(dialect.strict);
        """
    }

    static let listMigration = Migration("test_payments_list") { _ in
        "CREATE INDEX test_payments_list ON test_payments (created_at, key);"
    }

    /// Oldest first.
    static func payments(
        after position: ProviderPayment.Position, until time: Instant, limit: Int, in tx: any SQLTransaction
    ) throws -> [ProviderPayment] {
        try tx.query(
            """
            SELECT * FROM test_payments
            WHERE created_at >= \(position.createdAt) AND created_at <= \(time)
                AND (created_at > \(position.createdAt) OR key > \(position.key))
            ORDER BY created_at, key LIMIT \(limit)
            """
        ).map { row in
            ProviderPayment(
                position: .init(createdAt: try row.instant("created_at"), key: try row.string("key")),
                payment: try Payment(row))
        }
    }

    /// Records a payment under this key, unless the key is known.
    /// - Returns: The payment with this key, locked.
    static func open(
        _ key: String, order: OrderID, amount: Money, state: Payment.State, at now: Instant, in tx: any SQLTransaction
    ) throws -> Payment {
        try tx.execute(
            """
            INSERT INTO test_payments (key, order_id, state, amount, currency, created_at)
            VALUES (\(key), \(order), \(state.column), \(amount.amount), \(amount.currency), \(now))
            ON CONFLICT (key) DO NOTHING
            """)
        return try locked(key, in: tx)
    }

    static func payment(_ key: String, in tx: any SQLTransaction) throws -> Payment? {
        try tx.first("SELECT * FROM test_payments WHERE key = \(key)").map(Payment.init)
    }

    /// The payment with its row locked until the transaction ends. Throws `refused` when there is none.
    static func locked(_ key: String, in tx: any SQLTransaction) throws -> Payment {
        let row = try tx.first(
            "SELECT * FROM test_payments WHERE key = \(key) \(unsafeSQL: tx.dialect.forUpdate)")
        guard let row else { throw PaymentError.refused("unknown payment") }
        return try Payment(row)
    }
}

extension Payment.State {
    fileprivate var column: String {
        switch self {
        case .authorised: "authorised"
        case .captured: "captured"
        case .voided: "voided"
        case .refused(let refusal): refusal.rawValue
        }
    }

    fileprivate init?(column: String) {
        switch column {
        case "authorised": self = .authorised
        case "captured": self = .captured
        case "voided": self = .voided
        default:
            guard let refusal = PaymentRefusal(rawValue: column) else { return nil }
            self = .refused(refusal)
        }
    }
}

extension Payment {
    fileprivate init(_ row: SQLRow) throws {
        guard let state = State(column: try row.string("state")) else { throw SQLError.decoding("test_payments.state") }
        self.init(
            state: state, reference: "test_" + (try row.string("key")),
            amount: Money(try row.int64("amount"), try row.currency("currency")), captured: try row.int64("captured"),
            refunded: try row.int64("refunded"))
    }
}
