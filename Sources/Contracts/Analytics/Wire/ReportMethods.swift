import AnalyticsContract
import Commerce
import RPC
import ServiceKit

/// `Reports` over HTTP.
enum ReportMethods {
    struct Days: Codable, Sendable {
        var from: String
        var to: String
        /// Only of top products.
        var limit: Int?

        init(_ period: ReportPeriod, limit: Int? = nil) {
            (from, to, self.limit) = (period.from.text, period.to.text, limit)
        }

        /// Throws 422 with every fault.
        func period() throws(ServiceError) -> ReportPeriod {
            let (first, last) = (CivilDate(from), CivilDate(to))
            var faults = FieldFaults()
            for (name, day) in [("from", first), ("to", last)] where day == nil {
                faults.report(name, FieldCode.invalid, "A day is written yyyy-mm-dd.")
            }
            guard let first, let last else { throw .invalid(faults.fields) }
            return try ReportPeriod(from: first, to: last)
        }
    }

    static let funnel = WireMethod<Days, FunnelReport>("reports", "funnel", repeatable: .always)
    static let revenue = WireMethod<Days, [RevenueDay]>("reports", "revenue", repeatable: .always)
    static let topProducts = WireMethod<Days, [TopProduct]>("reports", "top-products", repeatable: .always)
}
