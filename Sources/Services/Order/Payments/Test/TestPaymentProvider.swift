package import Commerce
package import OrderContract
package import SQL

/// The built-in `test` provider. It moves no money, but records payments in a database of its own, so that payments can
/// be compared with orders after a crash. Its tokens are fixed: see `TestCard`.
package struct TestPaymentProvider: PaymentProvider {
    /// For `Database.migrate`, on a database that is not the order service's.
    package static let migrations = [TestPaymentLedger.migration, TestPaymentLedger.listMigration]

    package let name = "test"
    package let method: PaymentMethod?
    private let database: any Database
    private let clock: WallClock
    private let slowness: Duration

    /// - Parameters:
    ///   - isOffered: Whether checkout offers it, so that orders are shipped without real payment. Otherwise it only
    ///     finishes earlier payments.
    ///   - slowness: The response time of `tok_timeout_then_success`, longer than the caller's deadline.
    package init(
        database: any Database, isOffered: Bool, clock: WallClock = .system, slowness: Duration = .seconds(30)
    ) {
        self.database = database
        method = isOffered ? Self.method(of: name) : nil
        self.clock = clock
        self.slowness = slowness
    }

    private static func method(of provider: String) -> PaymentMethod {
        PaymentMethod(
            provider: provider, name: "Test card", kind: .test,
            choices: TestCard.all.map { .init(token: $0.token, name: $0.name, hint: $0.hint) })
    }

    package func authorise(_ request: AuthorisationRequest) async throws -> Payment {
        let card = TestCard.of(request.token)
        let now = clock.now()
        let payment = try await database.write { tx in
            try TestPaymentLedger.open(
                request.idempotencyKey, order: request.orderID, amount: request.amount, state: card.state, at: now,
                in: tx)
        }
        if card.isSlow { try await Task.sleep(for: slowness) }
        return payment
    }

    package func capture(_ key: String) async throws -> Payment {
        try await database.write { tx in
            let payment = try TestPaymentLedger.locked(key, in: tx)
            switch payment.state {
            case .captured: return payment
            case .authorised: break
            case .voided: throw PaymentError.refused("voided")
            case .refused: throw PaymentError.refused("declined")
            }
            try tx.execute("UPDATE test_payments SET state = 'captured', captured = amount WHERE key = \(key)")
            return try TestPaymentLedger.locked(key, in: tx)
        }
    }

    package func void(_ key: String) async throws -> Payment {
        let now = clock.now()
        return try await database.write { tx in
            // An unknown key is stored as voided. A concurrent authorisation may have been stored first.
            let payment = try TestPaymentLedger.open(
                key, order: OrderID(stored: key), amount: .zero(.usd), state: .voided, at: now, in: tx)
            switch payment.state {
            case .voided, .refused: return payment
            case .captured: throw PaymentError.refused("captured")
            case .authorised: break
            }
            try tx.execute("UPDATE test_payments SET state = 'voided' WHERE key = \(key)")
            return try TestPaymentLedger.locked(key, in: tx)
        }
    }

    package func refund(_ key: String, amount: Money, refundKey: String) async throws -> Payment {
        let now = clock.now()
        return try await database.write { tx in
            let payment = try TestPaymentLedger.locked(key, in: tx)
            if try tx.first("SELECT key FROM test_refunds WHERE key = \(refundKey)") != nil { return payment }
            guard payment.state == .captured, amount.currency == payment.amount.currency, amount.amount > 0,
                payment.captured - payment.refunded >= amount.amount
            else { throw PaymentError.refused("nothing to refund") }
            try tx.execute(
                """
                INSERT INTO test_refunds (key, payment_key, amount, created_at)
                VALUES (\(refundKey), \(key), \(amount.amount), \(now))
                """)
            try tx.execute("UPDATE test_payments SET refunded = refunded + \(amount.amount) WHERE key = \(key)")
            return try TestPaymentLedger.locked(key, in: tx)
        }
    }

    package func deleteRefusals(before time: Instant) async throws {
        let refused = PaymentRefusal.allCases.map(\.rawValue)
        _ = try await database.write { tx in
            try tx.execute("DELETE FROM test_payments WHERE created_at < \(time) AND state IN \(in: refused)")
        }
    }

    package func payments(
        after position: ProviderPayment.Position, until time: Instant, limit: Int
    ) async throws -> [ProviderPayment] {
        try await database.read { tx in
            try TestPaymentLedger.payments(after: position, until: time, limit: limit, in: tx)
        }
    }

    package func status(of key: String) async throws -> Payment? {
        try await database.read { tx in try TestPaymentLedger.payment(key, in: tx) }
    }
}
