import AnalyticsContract
import AnalyticsWire
import Commerce
import ContractTestSupport
import Testing

/// Behaviour events and reports, asked directly and from another process.
@Suite struct AnalyticsConformanceTests {
    @Test(arguments: Route.allCases) func behaviour(_ route: Route) async throws {
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
        let day = CivilDate(dayNumber: -1)
        let period = try ReportPeriod(from: day, to: day)
        let year = try ReportPeriod(from: day, to: day.advanced(by: 365))
        try await withHTTPWire {
            $0.add(double)
        } _: { wire in
            let reports: any Reports = route == .overTheWire ? HTTPReports(wire.connection()) : double
            try await wire.calling {
                let funnel = try await reports.funnel(period)
                let days = try await reports.revenue(year)
                let top = try await reports.topProducts(period, limit: 0)
                #expect(funnel == ReportsDouble.funnel && days == ReportsDouble.days && top == ReportsDouble.top)
            }
        }
        #expect(double.recorder.inputs == [Inputs(period), Inputs(year), Inputs(period, 0)])
    }
}
