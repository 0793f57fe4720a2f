import AnalyticsContract
import AuditContract
import AuthContract
import Commerce
import Hummingbird
import ServiceKit
import Web

/// Customers, the audit log and reports, for staff.
struct InsightRoutes: Sendable {
    let accounts: any Accounts
    let audit: any AuditTrail
    let reports: any Reports
    let staffLog: StaffActionLog

    func add(to table: inout RouteTable) {
        table.get("/admin/customers", .staff(.customersRead), use: customers)
        table.get("/admin/customers/{id}", .staff(.customersRead), use: customer)
        table.get("/admin/audit", .staff(.auditRead), use: records)
        table.get("/admin/audit/verification", .staff(.auditRead), use: verification)
        table.get("/admin/reports/funnel", .staff(.reportsRead), use: funnel)
        table.get("/admin/reports/revenue", .staff(.reportsRead), use: revenue)
        table.get("/admin/reports/top-products", .staff(.reportsRead), use: topProducts)
    }

    @Sendable private func customers(_ call: Call) async throws -> Response {
        let query = try call.query()
        let (email, page) = (try query.string("email", max: 320), try query.page())
        // Personal data is read only after the access is recorded.
        try await staffLog.record("customers.read", "customers", ["filtered": String(email != nil)])
        return try await jsonResponse(accounts.customers(email: email, page: page))
    }

    @Sendable private func customer(_ call: Call) async throws -> Response {
        let id: CustomerID = try call.id(else: .customerNotFound)
        try await staffLog.record("customer.read", id.rawValue)
        return try await jsonResponse(accounts.customer(id))
    }

    @Sendable private func records(_ call: Call) async throws -> Response {
        let query = try call.query()
        return try await jsonResponse(
            audit.records(
                action: query.string("action"), actor: query.string("actor"), page: query.page()))
    }

    @Sendable private func verification(_ call: Call) async throws -> Response {
        try await jsonResponse(audit.verify())
    }

    @Sendable private func funnel(_ call: Call) async throws -> Response {
        let period = try ReportPeriod(call.query())
        return try await jsonResponse(ReportResponse(period: period, content: reports.funnel(period)))
    }

    @Sendable private func revenue(_ call: Call) async throws -> Response {
        let period = try ReportPeriod(call.query())
        let days = try await reports.revenue(period)
        return try jsonResponse(ReportResponse(period: period, content: Page(items: days, nextCursor: nil)))
    }

    @Sendable private func topProducts(_ call: Call) async throws -> Response {
        let query = try call.query()
        let (period, limit) = try (ReportPeriod(query), query.limit(default: 10))
        let top = try await reports.topProducts(period, limit: limit)
        return try jsonResponse(ReportResponse(period: period, content: Page(items: top, nextCursor: nil)))
    }
}

extension ReportPeriod {
    fileprivate init(_ query: QueryFields) throws(ServiceError) {
        try self.init(from: query.string("from"), to: query.string("to"), now: .now)
    }
}

/// A report and the days it covers.
private struct ReportResponse<Content: Encodable>: Encodable {
    let period: ReportPeriod
    let content: Content

    enum CodingKeys: String, CodingKey { case from, to }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(period.from.text, forKey: .from)
        try container.encode(period.to.text, forKey: .to)
        try content.encode(to: encoder)
    }
}
