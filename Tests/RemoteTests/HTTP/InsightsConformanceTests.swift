import Commerce
import InsightsContract
import RemoteContracts
import ServiceKit
import Testing

/// Visits, reports and the audit log, asked directly and from another process.
@Suite struct InsightsConformanceTests {
    @Test(arguments: Route.allCases) func visits(_ route: Route) async throws {
        let double = IngestDouble()
        try await withHTTPWire {
            $0.add(double)
        } _: { wire in
            let ingest: any BehaviourIngest =
                route == .overTheWire ? HTTPBehaviourIngest(wire.connection()) : double
            try await wire.calling {
                try await ingest.record(Samples.behaviour)
                try await ingest.record([])
            }
        }
        let inputs: [AnyHashable] = [Samples.behaviour, [BehaviourEvent]()]
        #expect(double.recorder.inputs == inputs)
    }

    @Test(arguments: Route.allCases) func reports(_ route: Route) async throws {
        let double = ReportsDouble()
        try await withHTTPWire {
            $0.add(double)
        } _: { wire in
            let reports: any Reports = route == .overTheWire ? HTTPReports(wire.connection()) : double
            try await wire.calling {
                let funnel = try await reports.funnel(from: "a", to: "b")
                let days = try await reports.revenue(from: "", to: "")
                let top = try await reports.topProducts(from: "a", to: "b", limit: 0)
                #expect(funnel == ReportsDouble.funnel && days == ReportsDouble.days && top == ReportsDouble.top)
            }
        }
        #expect(double.recorder.inputs == [Inputs("a", "b"), Inputs("", ""), Inputs("a", "b", 0)])
    }

    @Test(arguments: Route.allCases, ["record 2 was changed", nil])
    func audit(_ route: Route, _ fault: String?) async throws {
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
