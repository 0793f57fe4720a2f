import AuditContract
import AuditWire
import ContractTestSupport
import ServiceKit
import Testing

/// The audit log, asked directly and from another process.
@Suite struct AuditConformanceTests {
    @Test(arguments: Route.allCases, ["record 2 was changed", nil])
    func everyMethod(_ route: Route, _ fault: String?) async throws {
        let double = AuditDouble(fault: fault)
        try await withHTTPWire {
            $0.add(double)
        } _: { wire in
            let audit: any AuditTrail = route == .overTheWire ? HTTPAuditTrail(wire.connection()) : double
            try await wire.calling {
                let first = try await audit.records(action: "", actor: "b", page: Samples.fullPage)
                #expect(first.items == [double.record] && first.nextCursor == "" && first.count == 0)
                let last = try await audit.records(action: nil, actor: nil, page: PageRequest())
                #expect(last.items == [double.record] && last.nextCursor == nil && last.count == nil)
                let expected = AuditVerification(records: 3, intact: fault == nil, fault: fault)
                #expect(try await audit.verify() == expected)
            }
        }
        let inputs: [AnyHashable] = [
            Inputs(Optional(""), Optional("b"), Samples.fullPage), Inputs(String?.none, String?.none, PageRequest()), 0,
        ]
        #expect(double.recorder.inputs == inputs)
    }
}
