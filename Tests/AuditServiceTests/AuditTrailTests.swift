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

@Suite struct AuditTrailTests {
    @Test func criticalActionsBecomeRecordsNewestFirst() async throws {
        try await withAudit { audit, _ in
            for event in [
                try SampleEvents.registered(), try SampleEvents.loginFailed(), try SampleEvents.priceChanged(),
                try SampleEvents.placed("ord_1"),
                try SampleEvents.payment("captured", of: "ord_1", 1_000), try SampleEvents.staffActed(["rules": "3"]),
            ] { try await audit.handle(event) }
            let page = try await CallContext.staff(.auditRead).run {
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

    @Test func personalDataIsLeftOut() async throws {
        try await withAudit { audit, _ in
            try await audit.handle(try SampleEvents.placed("ord_1"))
            try await audit.handle(
                try SampleEvents.staffActed(["customer_email": "ada@example.com", "reason": "moved"]))
            let page = try await CallContext.staff(.auditRead).run {
                try await audit.records(action: nil, actor: nil, page: PageRequest(cursor: nil, limit: 10))
            }
            for record in page.items {
                for personal in ["ada@", "Ada", "Square"] { #expect(!record.details.contains(personal)) }
            }
            #expect(page.items.first?.details == #"{"reason":"moved"}"#)
        }
    }

    @Test func pagesAndFiltersWorkTogether() async throws {
        try await withAudit { audit, _ in
            for index in 1...7 { try await audit.handle(try SampleEvents.registered("cus_\(index)")) }
            try await audit.handle(try SampleEvents.priceChanged(by: "cus_3"))
            try await CallContext.staff(.auditRead).run {
                var seen: [Int64] = []
                var cursor: String?
                repeat {
                    let page = try await audit.records(
                        action: "account.registered", actor: nil, page: PageRequest(cursor: cursor, limit: 3))
                    seen += page.items.map(\.sequence)
                    cursor = page.nextCursor
                    // Newer records do not shift pages.
                    try await audit.handle(try SampleEvents.registered("cus_later"))
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
                try await CallContext.staff(.reportsRead).run { try await audit.verify() }
            }
        }
    }

    @Test func redeliveryAndReplayChangeNothing() async throws {
        try await withEventLog { log in
            try await withDatabase(AuditService.migrations) { database in
                let audit = AuditService(database: database, log: log, logger: Logger(label: "test"))
                let order = try SampleEvents.placed("ord_1")
                try await log.publish([try SampleEvents.registered(), order, try SampleEvents.staffActed([:])])
                let consume = {
                    try await log.drain(group: AuditService.group, topics: AuditService.topics, handle: audit.handle)
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
                    tasks.addTask { try await audit.handle(try SampleEvents.registered("cus_\(index)")) }
                }
                try await tasks.waitForAll()
            }
            let result = try await CallContext.staff(.auditRead).run { try await audit.verify() }
            #expect(result == AuditVerification(records: 1_100, intact: true, fault: nil))
        }
    }

    private func records(_ audit: AuditService) async throws -> [AuditRecord] {
        try await CallContext.staff(.auditRead).run {
            try await audit.records(action: nil, actor: nil, page: PageRequest(cursor: nil, limit: 100)).items
        }
    }
}
