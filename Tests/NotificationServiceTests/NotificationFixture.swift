import EventLog
import Foundation
import Identity
import Logging
import NotificationService
import SQL
import TestSupport

/// A notification service on a database of its own, and the folder its mails are written to.
struct NotificationFixture {
    let service: NotificationService
    let database: any Database
    let clock: TestClock
    let folder: URL
    let metrics: RecordedMetrics

    func mails() throws -> [String] {
        try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .map { try String(contentsOf: $0, encoding: .utf8) }
    }
}

func withNotifications(
    shopName: String = "Magpie", transport: (any MailTransport)? = nil,
    _ body: (NotificationFixture) async throws -> Void
) async throws {
    try await withTemporaryFolder { folder in
        try await withEventLog { log in
            try await withDatabase(NotificationService.migrations) { database in
                let (clock, metrics) = (TestClock(), RecordedMetrics(NotificationMetrics.all))
                let service = try NotificationService(
                    database: database, log: log, transport: transport ?? FileMailTransport(folder: folder),
                    settings: NotificationSettings(
                        shopName: shopName, senderAddress: "orders@shop.example", storeURL: "https://shop.example",
                        links: links),
                    clock: clock.clock, metrics: metrics.factory, logger: Logger(label: "test"))
                try await body(
                    NotificationFixture(
                        service: service, database: database, clock: clock, folder: folder, metrics: metrics))
            }
        }
    }
}

let links = LinkSigner(secret: Array(repeating: 1, count: 32))
