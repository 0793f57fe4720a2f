import EventContract
import EventLog
import NotificationService
import SQL
import ServiceKit
import TestSupport
import Testing

/// Checkpoints are compared with mails.
@Suite struct MailCorrectnessTests {
    private func check(_ shop: NotificationFixture) async throws -> String? {
        for check in shop.service.checks { try await check.run() }
        return shop.metrics.violations("order_without_mail", of: "notification-service")
    }

    private func checkpoint(_ number: Int64, _ orders: String...) throws -> Event {
        try Event(OrdersCheckpoint(number: number, orderIDs: orders), source: "order-service")
    }

    @Test func anOrderWithoutAMailIsFoundUntilItHasOne() async throws {
        try await withNotifications { shop in
            #expect(shop.metrics.violations("order_without_mail", of: "notification-service") == "NaN")
            try await shop.service.handle(SampleEvents.placed("ord_1"))
            try await shop.service.handle(checkpoint(1, "ord_1", "ord_2", "ord_3"))
            #expect(try await check(shop) == "0")
            shop.clock.advance(by: .seconds(301))
            #expect(try await check(shop) == "2")
            try await shop.service.handle(SampleEvents.placed("ord_2"))
            #expect(try await check(shop) == "1")
            try await shop.service.handle(SampleEvents.placed("ord_3"))
            #expect(try await check(shop) == "0")
        }
    }

    /// The message is deleted by hand before the checkpoint arrives.
    @Test func aLostMailIsFound() async throws {
        try await withNotifications { shop in
            try await shop.service.handle(SampleEvents.placed("ord_1"))
            try await shop.database.write { tx in _ = try tx.execute("DELETE FROM messages") }
            let event = try checkpoint(1, "ord_1")
            for _ in 1...2 { try await shop.service.handle(event) }
            shop.clock.advance(by: .seconds(301))
            #expect(try await check(shop) == "1")
            try await shop.database.write { tx in
                _ = try tx.execute(
                    """
                    INSERT INTO messages (event_id, order_id, kind, recipient, subject, rfc822, state, due_at, created_at)
                    VALUES ('evt_1', 'ord_1', 'order_placed', 'ada@example.com', '', '', 'queued', 0, 0)
                    """)
            }
            #expect(try await check(shop) == "0")
        }
    }
}
