package import AuditContract
import Commerce
package import ServiceKit

package struct AuditDouble: AuditTrail {
    package var recorder: CallRecorder
    package var fault: String?
    package var details: String

    package init(
        recorder: CallRecorder = CallRecorder(), fault: String? = nil, details: String = #"{"a": "Zürich \"x\""}"#
    ) {
        self.recorder = recorder
        self.fault = fault
        self.details = details
    }

    package var record: AuditRecord {
        AuditRecord(
            sequence: .max, action: "order.refunded", actor: "cus_1", subject: "ord_1", occurredAt: Samples.instant,
            details: details, previousHash: "", hash: "ab")
    }

    package func records(action: String?, actor: String?, page: PageRequest) async throws -> Page<AuditRecord> {
        try await recorder.note("records", Inputs(action, actor, page))
        return Page(items: [record], nextCursor: page.cursor, count: page.wantsCount ? 0 : nil)
    }

    package func verify() async throws -> AuditVerification {
        try await recorder.note("verify", 0)
        return AuditVerification(records: 3, intact: fault == nil, fault: fault)
    }
}
