package import InsightsContract
package import RPC
package import ServiceKit

/// `BehaviourIngest`, `Reports` and `AuditTrail` over HTTP.
enum InsightsWire {
    struct Events: Codable, Sendable { var events: [BehaviourEvent] }
    struct Days: Codable, Sendable {
        var from: String
        var to: String
        /// Only of top products.
        var limit: Int?
    }
    struct Records: Codable, Sendable {
        var action: String?
        var actor: String?
        var page: PageRequest
    }

    static let record = WireMethod<Events, Nothing>(
        "behaviour", "record", repeatable: .never, longestInput: 1_048_576)
    static let funnel = WireMethod<Days, FunnelReport>("reports", "funnel", repeatable: .always)
    static let revenue = WireMethod<Days, [RevenueDay]>("reports", "revenue", repeatable: .always)
    static let topProducts = WireMethod<Days, [TopProduct]>("reports", "top-products", repeatable: .always)
    static let records = WireMethod<Records, WirePage<AuditRecord>>("audit", "records", repeatable: .always)
    static let verify = WireMethod<Nothing, AuditVerification>(
        "audit", "verify", repeatable: .always, limit: .seconds(10))
}

/// `BehaviourIngest` of another process.
package struct HTTPBehaviourIngest: BehaviourIngest {
    private let connection: HTTPConnection

    package init(_ connection: HTTPConnection) { self.connection = connection }

    package func record(_ events: [BehaviourEvent]) async throws {
        _ = try await connection.call(InsightsWire.record, .init(events: events))
    }
}

/// `Reports` of another process.
package struct HTTPReports: Reports {
    private let connection: HTTPConnection

    package init(_ connection: HTTPConnection) { self.connection = connection }

    package func funnel(from: String, to: String) async throws -> FunnelReport {
        try await connection.call(InsightsWire.funnel, .init(from: from, to: to))
    }

    package func revenue(from: String, to: String) async throws -> [RevenueDay] {
        try await connection.call(InsightsWire.revenue, .init(from: from, to: to))
    }

    package func topProducts(from: String, to: String, limit: Int) async throws -> [TopProduct] {
        try await connection.call(InsightsWire.topProducts, .init(from: from, to: to, limit: limit))
    }
}

/// `AuditTrail` of another process.
package struct HTTPAuditTrail: AuditTrail {
    private let connection: HTTPConnection

    package init(_ connection: HTTPConnection) { self.connection = connection }

    package func records(action: String?, actor: String?, page: PageRequest) async throws -> Page<AuditRecord> {
        try await connection.call(InsightsWire.records, .init(action: action, actor: actor, page: page)).page
    }

    package func verify() async throws -> AuditVerification {
        try await connection.call(InsightsWire.verify, Nothing())
    }
}

extension WireRoutes {
    package mutating func add(_ ingest: any BehaviourIngest) {
        on(InsightsWire.record) { input in
            try await ingest.record(input.events)
            return Nothing()
        }
    }

    package mutating func add(_ reports: any Reports) {
        on(InsightsWire.funnel) { try await reports.funnel(from: $0.from, to: $0.to) }
        on(InsightsWire.revenue) { try await reports.revenue(from: $0.from, to: $0.to) }
        on(InsightsWire.topProducts) { input in
            try await reports.topProducts(from: input.from, to: input.to, limit: input.limit ?? 10)
        }
    }

    package mutating func add(_ audit: any AuditTrail) {
        on(InsightsWire.records) {
            WirePage(try await audit.records(action: $0.action, actor: $0.actor, page: $0.page))
        }
        on(InsightsWire.verify) { _ in try await audit.verify() }
    }
}
