import AuditContract
import Commerce
import ServiceKit

struct AuditDouble: AuditTrail {
    var recorder = CallRecorder()
    var fault: String?
    var details = #"{"a": "Zürich \"x\""}"#

    var record: AuditRecord {
        AuditRecord(
            sequence: .max, action: "order.refunded", actor: "cus_1", subject: "ord_1", occurredAt: Samples.instant,
            details: details, previousHash: "", hash: "ab")
    }

    func records(action: String?, actor: String?, page: PageRequest) async throws -> Page<AuditRecord> {
        try await recorder.note("records", Inputs(action, actor, page))
        return Page(items: [record], nextCursor: page.cursor, count: page.wantsCount ? 0 : nil)
    }

    func verify() async throws -> AuditVerification {
        try await recorder.note("verify", 0)
        return AuditVerification(records: 3, intact: fault == nil, fault: fault)
    }
}
