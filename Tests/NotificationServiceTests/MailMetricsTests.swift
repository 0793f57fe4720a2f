import NotificationService
import TestSupport
import Testing

@Suite struct MailMetricsTests {
    @Test func aMailCountsWhenItIsSent() async throws {
        try await withNotifications(transport: FlakyTransport(failures: [.unavailable("test")])) { shop in
            let event = try placed()
            for _ in 1...2 { try await shop.service.handle(event) }
            try await shop.service.deliverQueued()
            #expect(mails(shop, "sent") == "0" && mails(shop, "failed") == "0")
            shop.clock.advance(by: .seconds(20))
            try await shop.service.measureMails()
            #expect(gauge(shop, "queued") == "1" && gauge(shop, "oldest_queued_age_seconds") == "20")
            try await shop.service.deliverQueued()
            try await shop.service.measureMails()
            #expect(gauge(shop, "queued") == "0" && gauge(shop, "oldest_queued_age_seconds") == "0")
            #expect(mails(shop, "sent") == "1" && mails(shop, "failed") == "0")
        }
    }

    @Test func anAbandonedMailCountsAsFailed() async throws {
        try await withNotifications(transport: FlakyTransport(failures: [.recipientRefused(code: 550)])) { shop in
            try await shop.service.handle(placed())
            try await shop.service.deliverQueued()
            #expect(mails(shop, "sent") == "0" && mails(shop, "failed") == "1")
        }
    }

    private func gauge(_ shop: NotificationFixture, _ name: String) -> String? {
        shop.metrics.value("magpie_mails_\(name)", of: "notification-service")
    }

    private func mails(_ shop: NotificationFixture, _ outcome: String) -> String? {
        shop.metrics.value(
            "magpie_mails_total", ["kind": "order_placed", "outcome": outcome], of: "notification-service")
    }
}
