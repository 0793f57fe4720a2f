import AuditContract
import AuditService
import AuthContract
import EventContract
import EventLog
import SQL
import ServiceKit
import TestSupport
import Testing

/// Checkpoints are recorded, and compared with the records of orders.
@Suite struct OrderRecordTests {
    @Test func anOrderWithoutARecordIsFound() async throws {
        let (time, metrics) = (TestClock(), RecordedMetrics())
        try await withAudit(clock: time.clock, metrics: metrics) { audit, _ in
            func violations() async throws -> String? {
                for check in audit.checks { try await check.run() }
                return metrics.violations("order_without_event", of: "audit-service")
            }
            try await audit.handle(SampleEvents.placed("ord_1"))
            let checkpoint = OrdersCheckpoint(number: 1, orderIDs: ["ord_1", "ord_2"])
            let event = try Event(checkpoint, source: "order-service")
            for _ in 1...2 { try await audit.handle(event) }
            #expect(try await violations() == "0")
            time.advance(by: .seconds(301))
            #expect(try await violations() == "1")
            try await audit.handle(SampleEvents.placed("ord_2"))
            #expect(try await violations() == "0")
            #expect(metrics.violations("audit_chain", of: "audit-service") == "0")
        }
    }

    @Test func aCheckpointLeavesOneRecord() async throws {
        try await withAudit { audit, _ in
            let checkpoint = OrdersCheckpoint(number: 7, orderIDs: ["ord_1", "ord_2"])
            try await audit.handle(Event(checkpoint, source: "order-service"))
            let page = try await CallContext.staff(.auditRead).run {
                try await audit.records(action: "orders.checkpoint", actor: nil, page: PageRequest(limit: 10))
            }
            #expect(page.items.map(\.details) == [#"{"number":7,"orders":2}"#])
            #expect(page.items.map(\.actor) == ["system:order-service"])
        }
    }
}
