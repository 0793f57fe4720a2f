import AnalyticsContract
import RPC

/// `Reports` over HTTP.
enum ReportMethods {
    struct Days: Codable, Sendable {
        var from: String
        var to: String
        /// Only of top products.
        var limit: Int?
    }

    static let funnel = WireMethod<Days, FunnelReport>("reports", "funnel", repeatable: .always)
    static let revenue = WireMethod<Days, [RevenueDay]>("reports", "revenue", repeatable: .always)
    static let topProducts = WireMethod<Days, [TopProduct]>("reports", "top-products", repeatable: .always)
}
