import AnalyticsContract
import Commerce
import HTTPTypes
import Hummingbird
import ServiceKit
import Web

/// Behaviour events of browsers and apps.
struct EventRoutes: Sendable {
    let ingest: any BehaviourIngest
    let limiter: RateLimiter
    private let sessionNames = SessionNames()

    init(ingest: any BehaviourIngest, limiter: RateLimiter) {
        self.ingest = ingest
        self.limiter = limiter
    }

    func add(to table: inout RouteTable) {
        table.post("/events", body: .events, use: record)
    }

    private struct Accepted: Encodable {
        let accepted: Int
    }

    @Sendable private func record(_ call: Call) async throws -> Response {
        var fields = try await call.fields()
        let readers = fields.objects("events", maxCount: 100, required: true)
        if readers.isEmpty, !fields.hasProblems {
            fields.fail("events", code: FieldCode.tooShort, "must have at least one element")
        }
        let generated = sessionNames.name(of: call.networkAndBrowser, at: .now)
        var events: [BehaviourEvent] = []
        for var reader in readers {
            let type = reader.string("type", max: 64)
            let occurredAt = reader.instant("occurred_at", required: true)
            let session = reader.optionalString("session_id", max: 64)
            let properties = properties(of: &reader)
            guard let occurredAt else { continue }
            events.append(
                BehaviourEvent(
                    type: type, occurredAt: occurredAt,
                    sessionID: session.flatMap { $0.isEmpty ? nil : $0 } ?? generated,
                    properties: properties))
        }
        try fields.finish()
        try await limiter.admit(CallContext.current.clientNetwork, .events, count: events.count)
        try await call.once(fields.requestDigest) { try await ingest.record(events) }
        return try jsonResponse(Accepted(accepted: events.count), status: .accepted)
    }

    /// The one property that may be written as a number.
    private static let numeric = "query_length"

    /// Short texts; the number as it is written.
    private func properties(of reader: inout RequestFields) -> [String: String] {
        guard let value = reader.raw("properties"), value != .null else { return [:] }
        guard let members = value.objectValue, members.count <= 20 else {
            reader.fail("properties", code: FieldCode.wrongType, "must be an object of at most 20 short texts")
            return [:]
        }
        var properties: [String: String] = [:]
        for (name, member) in members.sorted(by: { $0.key < $1.key }) {
            switch member {
            case .string(let text) where text.utf8.count <= 500: properties[name] = text
            case .int(let number) where name == Self.numeric: properties[name] = String(number)
            case .double(let number) where name == Self.numeric: properties[name] = String(number)
            default: reader.fail("properties.\(name)", code: FieldCode.wrongType, "must be a short text")
            }
        }
        return properties
    }
}
