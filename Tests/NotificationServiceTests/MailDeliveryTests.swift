import Commerce
import EventLog
import Logging
import SQL
import TestSupport
import Testing

@testable import NotificationService

@Suite struct MailDeliveryTests {
    @Test func concurrentSendersSendEachMailOnce() async throws {
        let transport = CountingTransport()
        try await withEventLog { log in
            try await withDatabase(NotificationService.migrations) { database in
                func process() throws -> NotificationService {
                    try NotificationService(
                        database: database, log: log, transport: transport, logger: Logger(label: "test"))
                }
                for number in 0..<30 { try await process().handle(SampleEvents.placed("ord_\(number)")) }
                let sent = try await withThrowingTaskGroup(of: Int.self) { tasks in
                    for _ in 0..<4 {
                        let process = try process()
                        tasks.addTask { try await process.deliverQueued() }
                    }
                    return try await tasks.reduce(0, +)
                }
                #expect(sent == 30)
                #expect(transport.deliveries.count == 30 && transport.deliveries.values.allSatisfy { $0 == 1 })
            }
        }
    }

    @Test func aMailSentAgainAfterACrashIsStillOneFile() async throws {
        try await withNotifications { shop in
            try await shop.service.handle(placed())
            try await shop.service.deliverQueued()
            // The crash: the file is written, the message log does not record it.
            try await shop.database.write { tx in
                _ = try tx.execute("UPDATE messages SET state = 'queued', sent_at = NULL")
            }
            #expect(try await shop.service.deliverQueued() == 0)
            shop.clock.advance(by: .seconds(41))
            #expect(try await shop.service.deliverQueued() == 1)
            #expect(try shop.mails().count == 1)
        }
    }

    @Test func anUnavailableServerGetsTheMailLater() async throws {
        let transport = FlakyTransport(failures: [.unavailable("test"), .unavailable("test")])
        try await withNotifications(transport: transport) { shop in
            try await shop.service.handle(placed())
            #expect(try await shop.service.deliverQueued() == 0)
            #expect(try await shop.service.deliverQueued() == 0)
            shop.clock.advance(by: .seconds(15))
            #expect(try await shop.service.deliverQueued() == 0)
            shop.clock.advance(by: .seconds(30))
            #expect(try await shop.service.deliverQueued() == 1)
            #expect(transport.attempts == 3)
        }
    }

    /// As on SIGTERM: the mail being sent is stored as sent, and is not sent again.
    @Test func aStoppedSenderFinishesTheMailBeingSent() async throws {
        let transport = SlowTransport()
        try await withNotifications(transport: transport) { shop in
            try await shop.service.handle(placed())
            let sender = Task { try await shop.service.deliverQueued() }
            for await _ in transport.begun { break }
            sender.cancel()
            transport.finish()
            #expect(try await sender.value == 1)
            shop.clock.advance(by: .seconds(3_600))
            #expect(try await shop.service.deliverQueued() == 0)
        }
    }

    @Test func aRefusedRecipientIsRetriedOnlyOnRequest() async throws {
        let transport = FlakyTransport(failures: [.recipientRefused(code: 550)])
        try await withNotifications(transport: transport) { shop in
            try await shop.service.handle(placed())
            #expect(try await shop.service.deliverQueued() == 0)
            shop.clock.advance(by: .seconds(7_200))
            #expect(try await shop.service.deliverQueued() == 0)
            #expect(transport.attempts == 1)
            #expect(try await shop.service.failedMails() == 1)
            #expect(try await shop.service.retryFailedMails() == 1)
            #expect(try await shop.service.failedMails() == 0)
            #expect(try await shop.service.deliverQueued() == 1)
        }
    }

    @Test func anUnavailableServerIsTriedForThreeDays() async throws {
        let transport = FlakyTransport(failures: Array(repeating: .unavailable("test"), count: 1_000))
        try await withNotifications(transport: transport) { shop in
            try await shop.service.handle(placed())
            var hours = 0
            while try await shop.service.failedMails() == 0, hours < 200 {
                try await shop.service.deliverQueued()
                shop.clock.advance(by: .seconds(3_600))
                hours += 1
            }
            #expect((72...80).contains(hours))
        }
    }

    @Test func expiredMailsAreDeletedUnlessTheyAreQueued() async throws {
        try await withNotifications { shop in
            try await shop.service.handle(placed())
            try await shop.service.deliverQueued()
            try await shop.service.handle(placed(number: "10043"))
            shop.clock.advance(by: .seconds(10))
            let now = shop.clock.clock.now()
            try await shop.database.write { tx in try MessageTable.expire(before: now, in: tx) }
            let left = try await shop.database.read { tx in
                try tx.query("SELECT state FROM messages").map { try $0.string("state") }
            }
            #expect(left == ["queued"])
        }
    }
}
