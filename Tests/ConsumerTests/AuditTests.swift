import AuditContract
import AuditService
import AuthContract
import Commerce
import EventLog
import Logging
import SQL
import ServiceKit
import TestSupport
import Testing

@Suite struct AuditTests {
    @Test func criticalActionsBecomeRecordsNewestFirst() async throws {
        try await withAudit { audit, _ in
            for event in [
                try Facts.registered(), try Facts.loginFailed(), try Facts.priceChanged(), try Facts.placed("ord_1"),
                try Facts.payment("captured", of: "ord_1", 1_000), try Facts.staffActed(["rules": "3"]),
            ] { try await audit.handle(event) }
            let page = try await staff(.auditRead).run {
                try await audit.records(action: nil, actor: nil, page: PageRequest(cursor: nil, limit: 100))
            }
            #expect(
                page.items.map(\.action) == [
                    "staff.offers.replaced", "payment.captured", "order.placed", "price.changed",
                    "account.login_failed", "account.registered",
                ])
            #expect(page.items.map(\.sequence) == [6, 5, 4, 3, 2, 1])
            #expect(page.nextCursor == nil)
            let price = try #require(page.items.first { $0.action == "price.changed" })
            #expect(price.actor == "cus_staff")
            #expect(price.subject == "var_1")
            #expect(
                price.details == """
                    {"after":{"amount":900,"currency":"USD"},"before":{"amount":1000,"currency":"USD"},\
                    "product_id":"prod_1"}
                    """)
        }
    }

    @Test func personalDataStaysOut() async throws {
        try await withAudit { audit, _ in
            try await audit.handle(try Facts.placed("ord_1"))
            try await audit.handle(try Facts.staffActed(["customer_email": "ada@example.com", "reason": "moved"]))
            let page = try await staff(.auditRead).run {
                try await audit.records(action: nil, actor: nil, page: PageRequest(cursor: nil, limit: 10))
            }
            for record in page.items {
                for personal in ["ada@", "Ada", "Square"] { #expect(!record.details.contains(personal)) }
            }
            #expect(page.items.first?.details == #"{"reason":"moved"}"#)
        }
    }

    @Test func pagesFollowOneAnotherAndFiltersHold() async throws {
        try await withAudit { audit, _ in
            for index in 1...7 { try await audit.handle(try Facts.registered("cus_\(index)")) }
            try await audit.handle(try Facts.priceChanged(by: "cus_3"))
            try await staff(.auditRead).run {
                var seen: [Int64] = []
                var cursor: String?
                repeat {
                    let page = try await audit.records(
                        action: "account.registered", actor: nil, page: PageRequest(cursor: cursor, limit: 3))
                    seen += page.items.map(\.sequence)
                    cursor = page.nextCursor
                    try await audit.handle(try Facts.registered("cus_later"))  // Newer records do not shift pages.
                } while cursor != nil
                #expect(seen == [7, 6, 5, 4, 3, 2, 1])
                let mine = try await audit.records(
                    action: nil, actor: "cus_3", page: PageRequest(cursor: nil, limit: 10))
                #expect(mine.items.map(\.action) == ["price.changed", "account.registered"])
                await #expect(throws: ServiceError.self) {
                    try await audit.records(action: nil, actor: nil, page: PageRequest(cursor: "first", limit: 10))
                }
            }
        }
    }

    @Test func readingNeedsThePermission() async throws {
        try await withAudit { audit, _ in
            await #expect(throws: ServiceError.unauthenticated) {
                try await audit.records(action: nil, actor: nil, page: PageRequest(cursor: nil, limit: 10))
            }
            await #expect(throws: ServiceError.forbidden) {
                try await staff(.reportsRead).run { try await audit.verify() }
            }
        }
    }

    @Test func redeliveryAndReplayChangeNothing() async throws {
        try await withEventLog { log in
            try await withDatabase(AuditService.migrations) { database in
                let audit = AuditService(database: database, log: log, logger: Logger(label: "test"))
                let order = try Facts.placed("ord_1")
                try await log.publish([try Facts.registered(), order, try Facts.staffActed([:])])
                let consume = {
                    try await drain(log, group: AuditService.group, topics: AuditService.topics, handle: audit.handle)
                }
                try await consume()
                let before = try await records(audit)
                #expect(before.count == 3)
                try await audit.handle(order)
                for topic in AuditService.topics { try await log.rewind(group: AuditService.group, topic: topic) }
                try await consume()
                #expect(try await records(audit) == before)
            }
        }
    }

    @Test func concurrentEventsMakeOneChainAcrossBatches() async throws {
        try await withAudit { audit, _ in
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                for index in 1...1_100 {
                    tasks.addTask { try await audit.handle(try Facts.registered("cus_\(index)")) }
                }
                try await tasks.waitForAll()
            }
            let result = try await staff(.auditRead).run { try await audit.verify() }
            #expect(result == AuditVerification(records: 1_100, intact: true, fault: nil))
        }
    }

    private func records(_ audit: AuditService) async throws -> [AuditRecord] {
        try await staff(.auditRead).run {
            try await audit.records(action: nil, actor: nil, page: PageRequest(cursor: nil, limit: 100)).items
        }
    }
}

/// Runs `body` on an audit log of its own.
func withAudit<Value>(_ body: (AuditService, any Database) async throws -> Value) async throws -> Value {
    try await withEventLog { log in
        try await withDatabase(AuditService.migrations) { database in
            try await body(AuditService(database: database, log: log, logger: Logger(label: "test")), database)
        }
    }
}
