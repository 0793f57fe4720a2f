import AnalyticsContract
import AnalyticsIngestService
import Commerce
import EventContract
import EventLog
import Logging
import ServiceKit
import TestSupport
import Testing

@Suite struct BehaviourIngestTests {
    @Test func acceptedEventsAreOnTheLog() async throws {
        try await withEventLog { log in
            try await ingest(log).record([
                visit(), visit(type: "searched", properties: ["query_length": "7", "path": "/search?q=secret#top"]),
            ])
            let batch = try await log.poll(group: "test", topic: .behaviour, limit: 10, wait: .zero)
            let payloads = try batch.compactMap { try $0.event.payload(BehaviourRecorded.self) }
            #expect(payloads.map(\.type) == ["product_viewed", "searched"])
            #expect(payloads.allSatisfy { $0.sessionID == "session-1" })
            #expect(payloads.first?.occurredAt == SampleEvents.noon)
            #expect(payloads.last?.properties == ["query_length": "7", "path": "/search"])
            #expect(batch.first?.event.key == "session-1")
        }
    }

    struct Fault: Sendable, CustomTestStringConvertible {
        var event: BehaviourEvent
        var field: String
        var code: String
        var testDescription: String { "\(field) \(code)" }
    }

    static let faults = [
        Fault(event: visit(type: "page_scrolled"), field: "type", code: "unknown_event_type"),
        Fault(event: visit(type: "order_placed"), field: "type", code: "unknown_event_type"),
        Fault(event: visit(type: ""), field: "type", code: "unknown_event_type"),
        Fault(event: visit(after: .seconds(601)), field: "occurred_at", code: "out_of_range"),
        Fault(event: visit(after: .seconds(-7 * 86_400 - 1)), field: "occurred_at", code: "out_of_range"),
        Fault(event: visit(session: "seven77"), field: "session_id", code: "invalid"),
        Fault(event: visit(session: String(repeating: "s", count: 65)), field: "session_id", code: "invalid"),
        Fault(event: visit(session: "session 1"), field: "session_id", code: "invalid"),
        Fault(event: visit(session: "sessiön-1"), field: "session_id", code: "invalid"),
        Fault(event: visit(properties: ["email": "a@example.com"]), field: "properties", code: "unknown_property"),
        Fault(
            event: visit(properties: ["path": String(repeating: "p", count: 201)]), field: "properties.path",
            code: "too_long"),
        Fault(event: visit(properties: ["category": "a\u{0}b"]), field: "properties.category", code: "invalid"),
    ]

    @Test(arguments: faults) func faultsAreNamedByEvent(_ fault: Fault) async throws {
        try await withEventLog { log in
            let error = await #expect(throws: ServiceError.self) {
                try await ingest(log).record([visit(), visit(), visit(), fault.event])
            }
            #expect(error?.kind == .invalid)
            #expect(error?.fields.map(\.field) == ["events[3].\(fault.field)"])
            #expect(error?.fields.map(\.code) == [fault.code])
            let stored = try await log.poll(group: "test", topic: .behaviour, limit: 10, wait: .zero)
            #expect(stored.isEmpty)
        }
    }

    @Test func everyFaultIsReported() async throws {
        try await withEventLog { log in
            let error = await #expect(throws: ServiceError.self) {
                try await ingest(log).record([
                    visit(type: "x", session: "y"), visit(), visit(after: .seconds(7_200)),
                ])
            }
            #expect(error?.fields.map(\.field) == ["events[0].type", "events[0].session_id", "events[2].occurred_at"])
        }
    }

    @Test(arguments: [
        visit(after: .seconds(600)), visit(after: .seconds(-7 * 86_400)), visit(session: "12345678"),
        visit(session: String(repeating: "s", count: 64)),
        visit(properties: ["path": String(repeating: "é", count: 200)]),
    ]) func limitsAreInclusive(_ event: BehaviourEvent) async throws {
        try await withEventLog { log in try await ingest(log).record([event]) }
    }

    @Test(arguments: [(0, "required"), (101, "too_many")])
    func batchesAreBounded(_ count: Int, _ code: String) async throws {
        try await withEventLog { log in
            let error = await #expect(throws: ServiceError.self) {
                try await ingest(log).record(Array(repeating: visit(), count: count))
            }
            #expect(error?.fields.map(\.field) == ["events"])
            #expect(error?.fields.map(\.code) == [code])
        }
    }

    private func ingest(_ log: any EventLog) -> AnalyticsIngestService {
        AnalyticsIngestService(log: log, clock: TestClock(SampleEvents.noon).clock, logger: Logger(label: "test"))
    }
}

private func visit(
    type: String = "product_viewed", after delay: Duration = .zero, session: String = "session-1",
    properties: [String: String] = [:]
) -> BehaviourEvent {
    BehaviourEvent(
        type: type, occurredAt: SampleEvents.noon.advanced(by: delay), sessionID: session, properties: properties)
}
